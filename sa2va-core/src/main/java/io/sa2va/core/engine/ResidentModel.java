package io.sa2va.core.engine;

import io.sa2va.torch.weights.WeightStore;

/**
 * A model in memory.
 *
 * @param parts what computes
 * @param weights what the parts borrow their tensors from
 */
record ResidentModel(LoadedModel parts, WeightStore weights) implements AutoCloseable {
  @Override
  public void close() {
    weights.close();
  }
}
