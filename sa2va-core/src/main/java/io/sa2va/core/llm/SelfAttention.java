package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Attention;
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

  Tensor forward(Tensor x, RotaryPositions positions, KvCache.Layer cache) {
    QkvProjection.Heads heads = projection.forward(x);
    Tensor query = qkNorm.map(n -> n.query().forward(heads.q())).orElse(heads.q());
    Tensor key = qkNorm.map(n -> n.key().forward(heads.k())).orElse(heads.k());
    Tensor q = positions.rotate(query); // (1, H, T, d)
    Tensor k = positions.rotate(key); // (1, K, T, d)
    Tensor mixed = attend(q, k, heads.v(), cache).transpose(1, 2); // (1, T, H, d)
    return output.forward(mixed.flatten(2, 3).to(x.dtype())); // (1, T, D)
  }

  /** (1, H, T, d). The first positions need only each other, in the model's own type. */
  private Tensor attend(Tensor q, Tensor k, Tensor v, KvCache.Layer cache) {
    boolean first = cache.isEmpty();
    KvCache.KeyValues seen = cache.append(k, v); // (1, K, S, d)
    return first
        ? Attention.causal(q.to(v.dtype()), k.to(v.dtype()), v, window)
        : Attention.causal(q.to(seen.keys().dtype()), seen.keys(), seen.values(), window);
  }
}
