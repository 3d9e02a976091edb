package io.sa2va.core.sam2.memory;

import io.sa2va.torch.Tensor;

/**
 * What a frame reads of other frames. Shapes: N objects, M tokens, m channels.
 *
 * @param tokens (N, M, m): the cells of whole frames, then object pointers
 * @param positions what is added where tokens serve as keys (1, M, m)
 * @param pointerTokens how many tokens, the last ones, are of object pointers
 */
public record Memory(Tensor tokens, Tensor positions, long pointerTokens) {}
