package io.sa2va.core.sam2.predict;

import io.sa2va.torch.Tensor;

/**
 * Masks of N objects on a picture, M for each.
 *
 * @param masks logits at a quarter of the square picture's side (N, M, S / 4, S / 4); above 0 is
 *     inside
 * @param iou predicted quality of each mask, 0 to 1 (N, M)
 * @param objectScore logit of whether the object is there at all (N)
 */
public record PictureMasks(Tensor masks, Tensor iou, Tensor objectScore) {}
