package io.sa2va.core.sam2.decoder;

import io.sa2va.torch.Tensor;

/**
 * What the mask decoder says of N objects: one chosen mask each, or M of them.
 *
 * @param masks logits (N, M, 4h, 4w)
 * @param iou predicted quality of each mask, 0 to 1 (N, M)
 * @param tokens the transformer's token behind each mask (N, M, C)
 * @param objectScore logit of whether the object is there at all (N, 1)
 */
public record Decoded(Tensor masks, Tensor iou, Tensor tokens, Tensor objectScore) {
  /** Of each object's masks, the one with the best predicted quality: M becomes 1. */
  public Decoded best() {
    BestMask best = BestMask.of(iou);
    return new Decoded(best.pick(masks), best.pick(iou), best.pick(tokens), objectScore);
  }
}
