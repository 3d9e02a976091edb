package io.sa2va.core.sam2.track;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * What SAM2 says of N objects on one frame. All in float32 but the pointer.
 *
 * @param masks logits at a quarter of the square picture's side (N, 1, S / 4, S / 4); above 0 is
 *     inside
 * @param iou predicted quality of each mask, 0 to 1 (N)
 * @param objectScore logit of whether the object is on this frame at all (N)
 * @param pointer the object's vector for other frames (N, C)
 */
public record Prediction(Tensor masks, Tensor iou, Tensor objectScore, Tensor pointer) {
  /** Gives all tensors to the scope around {@code scope}. */
  public Prediction handUp(TensorScope scope) {
    return new Prediction(
        scope.handUp(masks), scope.handUp(iou), scope.handUp(objectScore), scope.handUp(pointer));
  }
}
