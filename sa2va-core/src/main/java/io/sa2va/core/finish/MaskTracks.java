package io.sa2va.core.finish;

import io.sa2va.Mask;
import io.sa2va.MaskLogits;
import io.sa2va.Segment;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the masks of N objects frame by frame, at the size of the caller's picture, and makes the
 * segments of an answer of them. For one request; not thread-safe.
 */
public final class MaskTracks {
  private final Sam2 sam2;
  private final int width;
  private final int height;
  private final boolean keepLogits;
  private final Map<Integer, Frame> frames = new HashMap<>();
  private float[] scores = {};
  private float[] objectScores = {};

  /** The masks of all objects on one frame. */
  private record Frame(List<Mask> masks, List<MaskLogits> logits) {}

  /**
   * Starts without masks.
   *
   * @param width of the caller's picture
   * @param height of the caller's picture
   * @param keepLogits whether the segments hold logits, too
   */
  public MaskTracks(Sam2 sam2, int width, int height, boolean keepLogits) {
    this.sam2 = sam2;
    this.width = width;
    this.height = height;
    this.keepLogits = keepLogits;
  }

  /** Takes what was predicted on a frame; the first one that comes gives the scores. */
  public void add(int frame, Prediction prediction) {
    if (frames.isEmpty()) {
      scores = prediction.iou().toFloatArray();
      objectScores = prediction.objectScore().toFloatArray();
    }
    List<Mask> masks = new ArrayList<>();
    List<MaskLogits> logits = new ArrayList<>();
    for (long object = 0; object < prediction.masks().size(0); object++) {
      float[] values = atPictureSize(prediction.masks().narrow(0, object, 1));
      masks.add(MaskBits.above0(values, width, height));
      if (keepLogits) {
        logits.add(MaskLogits.of(width, height, values));
      }
    }
    frames.put(frame, new Frame(masks, logits));
  }

  private float[] atPictureSize(Tensor mask) {
    try (TensorScope scope = TensorScope.open()) {
      return sam2.atPictureSize(mask, height, width).toFloatArray(); // (1, 1, H, W)
    }
  }

  /**
   * One segment for each object, with its masks from frame 0 up to the first frame that was not
   * reached.
   *
   * @param phrases of all {@code [SEG]} of the reply, of which the objects are the first
   */
  public List<Segment> segments(List<@Nullable String> phrases) {
    List<Frame> reached = reached();
    List<Segment> segments = new ArrayList<>();
    for (int object = 0; object < scores.length; object++) {
      int index = object;
      Segment.Builder segment =
          Segment.builder()
              .index(index)
              .phrase(phrases.get(index))
              .score(scores[index])
              .objectScore(objectScores[index])
              .masks(reached.stream().map(frame -> frame.masks().get(index)).toList());
      if (keepLogits) {
        segment.logits(reached.stream().map(frame -> frame.logits().get(index)).toList());
      }
      segments.add(segment.build());
    }
    return segments;
  }

  private List<Frame> reached() {
    List<Frame> reached = new ArrayList<>();
    for (int i = 0; frames.containsKey(i); i++) {
      reached.add(frames.get(i));
    }
    return reached;
  }
}
