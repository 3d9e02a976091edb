package io.sa2va.core.sam2.predict;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/**
 * Lets each pixel belong to one object only: the one whose logit is highest there.
 *
 * <p>Reference: {@code SAM2Base._apply_non_overlapping_constraints}.
 */
public final class ExclusiveMasks {
  /** What the logits of all other objects are limited to: surely outside. */
  private static final double OUTSIDE = -10;

  private ExclusiveMasks() {}

  /** Mask logits (N, 1, H, W) → the same, at most {@value #OUTSIDE} where another is higher. */
  public static Tensor of(Tensor masks) {
    long objects = masks.size(0);
    long[] numbers = new long[(int) objects];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    Tensor own = Tensors.of(numbers, objects, 1, 1, 1).to(masks.device());
    Tensor isHighest = masks.argmax(0).unsqueeze(0).sub(own).eq(0); // (N, 1, H, W)
    return isHighest.where(masks, masks.clamp(Double.NEGATIVE_INFINITY, OUTSIDE));
  }
}
