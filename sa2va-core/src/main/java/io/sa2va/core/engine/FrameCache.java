package io.sa2va.core.engine;

import io.sa2va.core.sam2.predict.VideoPredictor;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.torch.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Encodes a video's frames when they are asked for, and keeps the few that were asked for last. */
final class FrameCache implements VideoPredictor.Frames, AutoCloseable {
  private static final int KEPT = 4;

  private final Subject.Clip clip;
  private final SamPictures pictures;
  private final LinkedHashMap<Integer, KeptFeatures> recent = new LinkedHashMap<>(16, 0.75f, true);

  private final FramesAhead frames;

  /** From a frame to the one that is likely to be asked for next; 0 for none. */
  private int step;

  FrameCache(Subject.Clip clip, SamPictures pictures) {
    this.clip = clip;
    this.pictures = pictures;
    this.frames = new FramesAhead(clip::frame, pictures::prepareForTracking);
  }

  /**
   * Prepares frames ahead of those that are asked for.
   *
   * @param step to the next frame: 1 or -1, or 0 for no frame ahead
   */
  void lookAhead(int step) {
    this.step = step;
    if (step == 0) {
      frames.drop();
    }
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
        known = KeptFeatures.of(pictures.encode(frames.prepared(frame, after(frame))));
      }
      recent.put(frame, known);
    }
    return known.features();
  }

  private OptionalInt after(int frame) {
    int next = frame + step;
    boolean useful = step != 0 && next >= 0 && next < count() && !recent.containsKey(next);
    return useful ? OptionalInt.of(next) : OptionalInt.empty();
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
    frames.close();
    recent.values().forEach(KeptFeatures::close);
    recent.clear();
  }
}
