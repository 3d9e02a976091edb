package io.sa2va.core.sam2.decoder;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/**
 * Chooses one mask an object when a single one is wanted: that of the single-mask token if its
 * outline is stable, else the best of the three others.
 *
 * <p>A mask is stable if its area hardly changes when the threshold moves from {@value #DELTA} to
 * -{@value #DELTA}. Reference: {@code MaskDecoder._dynamic_multimask_via_stability}. Shapes: N
 * objects.
 */
final class StabilityFallback {
  private static final double DELTA = 0.05;
  private static final double STABLE = 0.98;

  private StabilityFallback() {}

  /** All masks (N, 4, H, W) and qualities (N, 4) → one of each. The token is always the first. */
  static Decoded choose(Decoded all) {
    Decoded best = others(all).best();
    Tensor single = all.masks().narrow(1, 0, 1); // (N, 1, H, W)
    Tensor singleIou = all.iou().narrow(1, 0, 1); // (N, 1)
    Tensor stable = isStable(single); // (N, 1)
    Tensor masks = stable.unsqueeze(-1).unsqueeze(-1).where(single, best.masks());
    Tensor iou = stable.where(singleIou, best.iou());
    return new Decoded(masks, iou, all.tokens().narrow(1, 0, 1), all.objectScore());
  }

  /** The three masks besides that of the single-mask token. */
  static Decoded others(Decoded all) {
    long masks = all.masks().size(1) - 1;
    return new Decoded(
        all.masks().narrow(1, 1, masks),
        all.iou().narrow(1, 1, masks),
        all.tokens().narrow(1, 1, masks),
        all.objectScore());
  }

  private static Tensor isStable(Tensor mask) {
    Tensor inner = area(mask, DELTA);
    Tensor outer = area(mask, -DELTA);
    Tensor score =
        outer.gt(0).where(inner.div(outer), Tensors.full(1, DType.FLOAT32, mask.device(), 1));
    return score.ge(STABLE); // (N, 1)
  }

  private static Tensor area(Tensor mask, double threshold) {
    return mask.gt(threshold).to(DType.FLOAT32).sum(false, 2, 3); // (N, 1)
  }
}
