package io.sa2va.core.train.nano;

import io.sa2va.core.sam2.decoder.Decoded;
import io.sa2va.torch.Autograd;
import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import java.util.Map;

/**
 * Compares masks of SAM2 with what they should be: cross entropy and Dice of each, and how well
 * SAM2 judges them itself. Shapes: N objects, M masks of each, s side of a mask.
 */
final class MaskComparison {
  /** Masks are compared at twice their own resolution, where outlines are finer than a cell. */
  static final int SIDE_FACTOR = 2;

  private static final double CROSS_ENTROPY_WEIGHT = 10;
  private static final double SCORE_WEIGHT = 0.2;

  private MaskComparison() {}

  /**
   * The losses.
   *
   * @param masks logits (N, M, s, s)
   * @param iou what SAM2 thinks of them (N, M)
   * @param objectScore whether it thinks that the object is there, logits (N, 1)
   * @param targets (N, 2s, 2s), 0 or 1
   */
  static Map<String, Tensor> losses(Tensor masks, Tensor iou, Tensor objectScore, Tensor targets) {
    long objects = targets.size(0);
    long candidates = masks.size(1);
    long side = targets.size(1);
    Tensor logits = Functional.resizeBilinear(masks, side, side).flatten(2, 3); // (N, M, 4s²)
    Tensor wanted = targets.view(objects, 1, side * side).expand(objects, candidates, side * side);
    Tensor probability = logits.sigmoid();
    Tensor overlap = probability.mul(wanted).sum(false, 2); // (N, M)
    Tensor sizes = probability.sum(false, 2).add(wanted.sum(false, 2)); // (N, M)
    Tensor dice = overlap.mul(2).add(1).div(sizes.add(1)).neg().add(1); // (N, M)
    Tensor present = wanted.select(1, 0).amax(false, 1).unsqueeze(1); // (N, 1)
    Tensor actual = iou(logits, wanted); // (N, M)
    Tensor error = iou.sub(actual); // (N, M)
    return Map.of(
        "mask",
        crossEntropy(logits, wanted.contiguous()).mul(CROSS_ENTROPY_WEIGHT),
        "dice",
        dice.mean(false, 0, 1),
        "iou",
        error.mul(error).mean(false, 0, 1),
        "score",
        crossEntropy(objectScore, present).mul(SCORE_WEIGHT));
  }

  /** The losses of all masks of a decoder. */
  static Map<String, Tensor> losses(Decoded decoded, Tensor targets) {
    return losses(decoded.masks(), decoded.iou(), decoded.objectScore(), targets);
  }

  /** The mean over all elements. */
  static Tensor crossEntropy(Tensor logits, Tensor targets) {
    return Functional.binaryCrossEntropy(logits, targets).div((double) targets.numel());
  }

  /** Intersection over union of what is above 0: (N, M). */
  static Tensor iou(Tensor logits, Tensor wanted) {
    Tensor inside = Autograd.detach(logits).gt(0).to(DType.FLOAT32);
    Tensor overlap = inside.mul(wanted).sum(false, 2);
    Tensor union = inside.add(wanted).sum(false, 2).sub(overlap);
    return overlap.div(union.clampMin(1));
  }
}
