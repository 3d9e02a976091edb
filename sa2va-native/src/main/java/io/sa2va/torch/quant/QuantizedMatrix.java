package io.sa2va.torch.quant;

import io.sa2va.torch.Tensor;

/**
 * A matrix (N, K) that is kept with few bits a value. Owns its memory; its products are
 * thread-safe.
 */
public interface QuantizedMatrix extends AutoCloseable {
  /** x·matrixᵀ: (…, K) → (…, N), in x's type. */
  Tensor multiply(Tensor x);

  @Override
  void close();
}
