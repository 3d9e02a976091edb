package io.sa2va.core.engine;

import io.sa2va.Mask;
import io.sa2va.Segment;
import io.sa2va.core.sam2.track.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The masks that a tracker found so far: of each object, on each frame. */
final class FoundMasks {
  private final int width;
  private final int height;
  private final int frameCount;
  private final Map<Integer, Found> byObject = new LinkedHashMap<>();

  private static final class Found {
    private final Map<Integer, Mask> masks = new LinkedHashMap<>();
    private final double score;
    private final double objectScore;

    Found(Prediction first) {
      score = first.iou().toFloatArray()[0];
      objectScore = first.objectScore().toFloatArray()[0];
    }
  }

  FoundMasks(int width, int height, int frameCount) {
    this.width = width;
    this.height = height;
    this.frameCount = frameCount;
  }

  /** Takes what was predicted of one object on a frame, in place of what was there. */
  Mask add(int frame, int object, Prediction prediction, PromptedObjects cutter) {
    Mask mask = cutter.cutOut(prediction.masks());
    byObject.computeIfAbsent(object, key -> new Found(prediction)).masks.put(frame, mask);
    return mask;
  }

  /** One segment for each object, with a mask for every frame. */
  List<Segment> segments() {
    Mask nothing = Mask.empty(width, height);
    List<Segment> segments = new ArrayList<>();
    for (Found found : byObject.values()) {
      List<Mask> masks = new ArrayList<>();
      for (int frame = 0; frame < frameCount; frame++) {
        masks.add(found.masks.getOrDefault(frame, nothing));
      }
      segments.add(
          Segment.builder()
              .index(segments.size())
              .score(found.score)
              .objectScore(found.objectScore)
              .masks(masks)
              .build());
    }
    return segments;
  }

  void clear() {
    byObject.clear();
  }
}
