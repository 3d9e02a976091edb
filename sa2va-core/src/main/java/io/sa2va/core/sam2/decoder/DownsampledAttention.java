package io.sa2va.core.sam2.decoder;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Attention;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;

/**
 * Multi-head attention whose inner width may be smaller than that of its tokens.
 *
 * <p>Reference: {@code Attention} in sam2's transformer.py. Shapes: N objects, T queries, S keys, C
 * token width, h heads, d inner width / h.
 */
final class DownsampledAttention {
  private final Linear qProj;
  private final Linear kProj;
  private final Linear vProj;
  private final Linear outProj;
  private final long heads;

  DownsampledAttention(Weights weights, long width, long innerWidth, long heads) {
    this.qProj = Linear.of(weights.at("q_proj"), width, innerWidth);
    this.kProj = Linear.of(weights.at("k_proj"), width, innerWidth);
    this.vProj = Linear.of(weights.at("v_proj"), width, innerWidth);
    this.outProj = Linear.of(weights.at("out_proj"), innerWidth, width);
    this.heads = heads;
  }

  /** q (N, T, C), k and v (N, S, C) → (N, T, C). */
  Tensor forward(Tensor q, Tensor k, Tensor v) {
    Tensor mixed =
        Attention.full(
            splitHeads(qProj.forward(q)),
            splitHeads(kProj.forward(k)),
            splitHeads(vProj.forward(v))); // (N, h, T, d)
    return outProj.forward(mixed.transpose(1, 2).flatten(2, 3)); // (N, T, C)
  }

  private Tensor splitHeads(Tensor x) {
    return x.view(x.size(0), x.size(1), heads, -1).transpose(1, 2); // (N, h, T, d)
  }
}
