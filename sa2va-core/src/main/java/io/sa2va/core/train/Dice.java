package io.sa2va.core.train;

import io.sa2va.torch.Tensor;

/** One minus twice the intersection over the sum of two soft masks. */
final class Dice {
  /** Keeps the ratio near 1 where both masks are empty. */
  private static final double SMOOTHING = 1;

  private Dice() {}

  /** Logits (N, P) and targets (N, P) → the sum over masks, a single value. */
  static Tensor of(Tensor logits, Tensor targets) {
    Tensor p = logits.sigmoid();
    Tensor intersection = p.mul(targets).sum(false, 1); // (N)
    Tensor sum = p.sum(false, 1).add(targets.sum(false, 1)); // (N)
    Tensor overlap = intersection.mul(2).add(SMOOTHING).div(sum.add(SMOOTHING));
    return overlap.neg().add(1).sum();
  }
}
