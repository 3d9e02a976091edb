package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.RmsNorm;
import java.util.Optional;

/**
 * Causal self-attention with grouped keys and rotary positions: (1, T, D) → (1, T, D).
 *
 * <p>Reference: {@code Qwen2Attention} and its kin. Shapes: T new positions, S positions seen, H
 * query heads, K key heads, d head width.
 */
final class SelfAttention {
  private final QkvProjection projection;
  private final Optional<QkNorm> qkNorm;
  private final Linear output;
  private final long window;

  /** Normalises each head of queries and keys by itself, as Qwen3 does. */
  record QkNorm(RmsNorm query, RmsNorm key) {}

  /**
   * Takes the parts.
   *
   * @param window how many keys a query sees at most, its own included
   */
  SelfAttention(QkvProjection projection, Optional<QkNorm> qkNorm, Linear output, long window) {
    this.projection = projection;
    this.qkNorm = qkNorm;
    this.output = output;
    this.window = window;
  }

  Tensor forward(Tensor x, RotaryPositions positions, AttentionCache cache) {
    QkvProjection.Heads heads = projection.forward(x);
    Tensor query = qkNorm.map(n -> n.query().forward(heads.q())).orElse(heads.q());
    Tensor key = qkNorm.map(n -> n.key().forward(heads.k())).orElse(heads.k());
    Tensor q = positions.rotate(query); // (1, H, T, d)
    Tensor k = positions.rotate(key); // (1, K, T, d)
    Tensor mixed = cache.attend(q, k, heads.v(), window).transpose(1, 2); // (1, T, H, d)
    return output.forward(mixed.flatten(2, 3).to(x.dtype())); // (1, T, D)
  }
}
