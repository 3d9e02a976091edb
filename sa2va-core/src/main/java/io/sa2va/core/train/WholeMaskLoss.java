package io.sa2va.core.train;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;

/** The loss on all pixels: plain means. */
public final class WholeMaskLoss implements MaskLoss {
  @Override
  public Terms of(Tensor logits, Tensor targets, long batchMasks) {
    Tensor x = logits.flatten(1, 2); // (N, P)
    Tensor t = targets.flatten(1, 2); // (N, P)
    double pixels = (double) (batchMasks * x.size(1));
    return new Terms(
        Functional.binaryCrossEntropy(x, t).mul(CROSS_ENTROPY_WEIGHT / pixels),
        Dice.of(x, t).mul(DICE_WEIGHT / batchMasks));
  }
}
