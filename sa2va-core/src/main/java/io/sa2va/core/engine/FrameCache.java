package io.sa2va.core.engine;

import io.sa2va.core.sam2.predict.VideoPredictor;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.torch.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;

/** Encodes a video's frames when they are asked for, and keeps the few that were asked for last. */
final class FrameCache implements VideoPredictor.Frames, AutoCloseable {
  private static final int KEPT = 4;

  private final Subject.Clip clip;
  private final SamPictures pictures;
  private final LinkedHashMap<Integer, KeptFeatures> recent = new LinkedHashMap<>(16, 0.75f, true);

  private final FramesAhead frames;

  FrameCache(Subject.Clip clip, SamPictures pictures) {
    this.clip = clip;
    this.pictures = pictures;
    this.frames = new FramesAhead(clip::frame, pictures::prepareForTracking);
  }

  /** Reads a frame that will be asked for next, and lets it be prepared meanwhile. */
  void begin(int frame) {
    if (frame >= 0 && frame < count() && !recent.containsKey(frame)) {
      frames.begin(frame);
    }
  }

  /** Gives up what was begun. */
  void drop() {
    frames.drop();
  }

  @Override
  public int count() {
    return clip.video().frameCount();
  }

  @Override
  public FrameFeatures features(int frame) {
    KeptFeatures known = recent.get(frame);
    if (known == null) {
      dropOldest();
      try (TensorScope scope = TensorScope.open()) {
        known = KeptFeatures.of(pictures.encode(frames.take(frame)));
      }
      recent.put(frame, known);
    }
    return known.features();
  }

  private void dropOldest() {
    if (recent.size() == KEPT) {
      Map.Entry<Integer, KeptFeatures> oldest = recent.entrySet().iterator().next();
      recent.remove(oldest.getKey());
      oldest.getValue().close();
    }
  }

  @Override
  public void close() {
    try {
      frames.close();
    } finally {
      recent.values().forEach(KeptFeatures::close);
      recent.clear();
    }
  }
}
