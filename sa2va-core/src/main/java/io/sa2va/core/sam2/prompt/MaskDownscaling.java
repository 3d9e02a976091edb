package io.sa2va.core.sam2.prompt;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Conv2d;
import io.sa2va.torch.nn.LayerNorm2d;
import io.sa2va.torch.weights.Weights;

/**
 * Mask logits as a dense prompt: (N, 1, 4h, 4w) → (N, C, h, w).
 *
 * <p>Reference: {@code PromptEncoder.mask_downscaling}, a sequence whose layers are numbered.
 */
final class MaskDownscaling {
  private static final double EPS = 1e-6;
  private static final long HIDDEN = 16;

  private final Conv2d first;
  private final LayerNorm2d firstNorm;
  private final Conv2d second;
  private final LayerNorm2d secondNorm;
  private final Conv2d last;

  MaskDownscaling(Weights weights, long width) {
    this.first = Conv2d.of(weights.at(0), 1, HIDDEN / 4, 2, 2, 0);
    this.firstNorm = new LayerNorm2d(weights.at(1), HIDDEN / 4, EPS);
    this.second = Conv2d.of(weights.at(3), HIDDEN / 4, HIDDEN, 2, 2, 0);
    this.secondNorm = new LayerNorm2d(weights.at(4), HIDDEN, EPS);
    this.last = Conv2d.pointwise(weights.at(6), HIDDEN, width);
  }

  Tensor forward(Tensor mask) {
    Tensor halved = firstNorm.forward(first.forward(mask)).gelu(); // (N, 4, 2h, 2w)
    Tensor quartered = secondNorm.forward(second.forward(halved)).gelu(); // (N, 16, h, w)
    return last.forward(quartered); // (N, C, h, w)
  }
}
