package io.sa2va.core.sam2.hiera;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Attention;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;

/**
 * Self-attention within each grid of tokens; at the start of a stage the queries are max-pooled
 * 2×2, and so is the result.
 *
 * <p>Reference: {@code MultiScaleAttention} in sam2's hieradet.py. Shapes: B grids of H×W tokens, C
 * channels in, D out, h heads, d = D / h, H' and W' half of H and W where queries are pooled.
 */
final class MultiScaleAttention {
  private final Linear qkv;
  private final Linear proj;
  private final long heads;
  private final boolean poolsQueries;

  MultiScaleAttention(Weights weights, BlockConfig config) {
    this.qkv = Linear.of(weights.at("qkv"), config.in(), 3L * config.out());
    this.proj = Linear.of(weights.at("proj"), config.out(), config.out());
    this.heads = config.heads();
    this.poolsQueries = config.pools();
  }

  /** (B, H, W, C) → (B, H', W', D). */
  Tensor forward(Tensor x) {
    long batch = x.size(0);
    long tokens = x.size(1) * x.size(2);
    Tensor all = qkv.forward(x).view(batch, tokens, 3, heads, -1); // (B, HW, 3, h, d)
    Tensor k = all.select(2, 1).transpose(1, 2); // (B, h, HW, d)
    Tensor v = all.select(2, 2).transpose(1, 2); // (B, h, HW, d)
    long height = poolsQueries ? x.size(1) / 2 : x.size(1);
    long width = poolsQueries ? x.size(2) / 2 : x.size(2);
    Tensor q = poolsQueries ? pooled(all.select(2, 0), x) : all.select(2, 0); // (B, H'W', h, d)
    Tensor mixed = Attention.full(q.transpose(1, 2), k, v); // (B, h, H'W', d)
    return proj.forward(mixed.transpose(1, 2).reshape(batch, height, width, -1)); // (B, H', W', D)
  }

  private Tensor pooled(Tensor q, Tensor x) {
    Tensor grid = q.reshape(x.size(0), x.size(1), x.size(2), -1); // (B, H, W, D)
    return QueryPool.forward(grid).reshape(x.size(0), -1, heads, q.size(3)); // (B, H'W', h, d)
  }
}
