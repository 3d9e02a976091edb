package io.sa2va.core.sam2.track;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * What is remembered of one frame. Shapes: N objects, L cells of the top feature map, m channels of
 * a memory, C channels.
 *
 * @param features (N, L, m) in bfloat16, as the reference keeps them
 * @param pointer (N, C)
 */
public record FrameMemory(Tensor features, Tensor pointer) {
  /** Gives both tensors to the scope around {@code scope}. */
  FrameMemory handUp(TensorScope scope) {
    return new FrameMemory(scope.handUp(features), scope.handUp(pointer));
  }
}
