package io.sa2va.core.sam2.track;

import io.sa2va.torch.Tensor;

/**
 * What is remembered of one frame. Shapes: N objects, L cells of the top feature map, m channels of
 * a memory, C channels.
 *
 * @param features (N, L, m) in bfloat16, as the reference keeps them
 * @param pointer (N, C)
 */
record FrameMemory(Tensor features, Tensor pointer) {}
