package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Attention;

/**
 * A layer's keys and values in memory that stays where it is, to which one position after the other
 * is added at a place that only the device knows.
 *
 * <p>All places are attended to, those not yet filled behind a mask, so that each token takes the
 * same kernels on the same addresses.
 *
 * @param keys (1, K, S, d), finite everywhere
 * @param values (1, K, S, d), finite everywhere
 */
record InPlaceCache(Tensor keys, Tensor values, StepPosition position) implements AttentionCache {
  @Override
  public Tensor attend(Tensor q, Tensor k, Tensor v, long window) {
    keys.indexCopyInPlace(2, position.index(), k.to(keys.dtype()));
    values.indexCopyInPlace(2, position.index(), v.to(values.dtype()));
    return Attention.single(q.to(keys.dtype()), keys, values, position.mask(window));
  }
}
