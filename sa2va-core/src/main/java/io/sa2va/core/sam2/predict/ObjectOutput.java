package io.sa2va.core.sam2.predict;

import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;

/** Owns what was predicted of one object on one frame. */
final class ObjectOutput implements AutoCloseable {
  private final Kept masks; // (1, 1, s, s)
  private final Kept iou; // (1)
  private final Kept objectScore; // (1)
  private final Kept pointer; // (1, C)

  ObjectOutput(Prediction prediction) {
    this.masks = Kept.of(prediction.masks());
    this.iou = Kept.of(prediction.iou());
    this.objectScore = Kept.of(prediction.objectScore());
    this.pointer = Kept.of(prediction.pointer());
  }

  Tensor masks() {
    return masks.tensor();
  }

  /** All of it, borrowed. */
  Prediction prediction() {
    return new Prediction(masks.tensor(), iou.tensor(), objectScore.tensor(), pointer.tensor());
  }

  @Override
  public void close() {
    masks.close();
    iou.close();
    objectScore.close();
    pointer.close();
  }
}
