package io.sa2va.core.sam2.track;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Mlp;
import io.sa2va.torch.weights.Weights;

/**
 * Makes the vector by which other frames know an object. An object that is not on the frame has a
 * learned one.
 *
 * <p>Reference: the end of {@code SAM2Base._forward_sam_heads}. Weights: {@code obj_ptr_proj},
 * {@code no_obj_ptr}. Shapes: N objects, C channels. Immutable and thread-safe.
 */
public final class ObjectPointer {
  private final Mlp projection;
  private final Tensor absent; // (1, C)

  /**
   * @param weights those of SAM2 as a whole
   */
  public ObjectPointer(Weights weights, long width) {
    this.projection = new Mlp(weights.at("obj_ptr_proj"), Tensor::relu, width, width, width, width);
    this.absent = weights.get("no_obj_ptr", 1, width);
  }

  /** From the mask's token (N, C) and the object score (N, 1): (N, C). */
  Tensor of(Tensor token, Tensor objectScore) {
    return whereThere(projection.forward(token), objectScore.gt(0));
  }

  /** The pointer (N, C) of objects that are there (N, 1), BOOL, and the learned one of others. */
  Tensor whereThere(Tensor pointer, Tensor there) {
    return there.where(pointer, absent);
  }
}
