package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;

/** The product that gives an attention layer its queries, keys and values. */
interface QkvProjection {
  /**
   * What it gives.
   *
   * @param q (1, H, T, d)
   * @param k (1, K, T, d)
   * @param v (1, K, T, d)
   */
  record Heads(Tensor q, Tensor k, Tensor v) {}

  /** (1, T, D) → heads. */
  Heads forward(Tensor x);
}
