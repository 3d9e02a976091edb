package io.sa2va.core.train;

import io.sa2va.torch.Tensor;

/** How far predicted masks are from those to learn. Shapes: N masks of h×w. */
public interface MaskLoss {
  /** Weight of the cross entropy, as in the reference. */
  double CROSS_ENTROPY_WEIGHT = 2.0;

  /** Weight of the Dice loss, as in the reference. */
  double DICE_WEIGHT = 0.5;

  /**
   * Both terms, weighted; each a single value.
   *
   * @param crossEntropy binary cross entropy of pixels
   * @param dice one minus the overlap (Milletari et al., "V-Net", 2016)
   */
  record Terms(Tensor crossEntropy, Tensor dice) {}

  /**
   * The part of a batch's loss that some of its masks contribute.
   *
   * @param logits (N, h, w)
   * @param targets 0 or 1 (N, h, w), FLOAT32 as the logits
   * @param batchMasks masks of the whole batch, at least N
   */
  Terms of(Tensor logits, Tensor targets, long batchMasks);
}
