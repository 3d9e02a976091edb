package io.sa2va.core.generate;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;

/** Takes the most likely token. */
final class GreedySampler implements Sampler {
  @Override
  public int next(Tensor logits) {
    // libtorch's argmax is several times slower on bfloat16.
    return Math.toIntExact(logits.to(DType.FLOAT32).argmax(-1).itemLong());
  }

  @Override
  public boolean isGreedy() {
    return true;
  }
}
