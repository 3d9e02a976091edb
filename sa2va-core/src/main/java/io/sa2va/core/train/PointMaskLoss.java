package io.sa2va.core.train;

import io.sa2va.torch.Autograd;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;

/**
 * The loss on points, most of them where the prediction is least sure (Kirillov et al.,
 * "PointRend", 2020). The reference trains so. Shapes: P points.
 */
public final class PointMaskLoss implements MaskLoss {
  /** Added to both denominators by the reference: 1e-4 and the smallest float32 step at 1. */
  private static final double GUARD = 1e-4 + Math.ulp(1f);

  private final PointSampler sampler;

  public PointMaskLoss(PointSampler sampler) {
    this.sampler = sampler;
  }

  @Override
  public Terms of(Tensor logits, Tensor targets, long batchMasks) {
    return at(sampler.points(Autograd.detach(logits)), logits, targets, batchMasks);
  }

  /**
   * The loss at given points.
   *
   * @param points (N, P, 2), x and y from 0 to 1
   */
  static Terms at(Tensor points, Tensor logits, Tensor targets, long batchMasks) {
    Tensor x = sample(logits, points); // (N, P)
    Tensor t = sample(targets, points); // (N, P)
    double values = (double) (batchMasks * points.size(1));
    return new Terms(
        Functional.binaryCrossEntropy(x, t).mul(CROSS_ENTROPY_WEIGHT / (values + GUARD)),
        Dice.of(x, t).mul(DICE_WEIGHT / (batchMasks + GUARD)));
  }

  /** Values of maps (N, h, w) at points (N, P, 2), bilinear: (N, P). */
  static Tensor sample(Tensor maps, Tensor points) {
    Tensor places = points.mul(2).add(-1).unsqueeze(2); // (N, P, 1, 2)
    return Functional.gridSample(maps.unsqueeze(1), places).squeeze(3).squeeze(1); // (N, P)
  }
}
