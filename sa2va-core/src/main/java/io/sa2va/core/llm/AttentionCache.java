package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;

/** What one layer remembers of earlier positions, as its attention uses it. */
interface AttentionCache {
  /**
   * Adds new positions behind those held, and lets them attend to all that they may see.
   *
   * @param q (1, H, T, d), FLOAT32 as rotating leaves it
   * @param k (1, K, T, d), the same
   * @param v (1, K, T, d), in the model's type
   * @param window how many keys a query sees at most, its own included
   * @return (1, H, T, d), in any type
   */
  Tensor attend(Tensor q, Tensor k, Tensor v, long window);
}
