package io.sa2va.core.sam2.hiera;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.Mlp;
import io.sa2va.torch.weights.Weights;

/**
 * A transformer block of the trunk: attention in windows, then a feed-forward, each around a
 * residual connection.
 *
 * <p>Reference: {@code MultiScaleBlock} in sam2's hieradet.py. Shapes: B pictures of H×W tokens, C
 * channels in, D out, H' and W' half of H and W where the block enters a stage.
 */
final class MultiScaleBlock {
  private static final double EPS = 1e-6;
  private static final long MLP_RATIO = 4;

  private final BlockConfig config;
  private final LayerNorm norm1;
  private final MultiScaleAttention attention;
  private final Shortcut shortcut;
  private final LayerNorm norm2;
  private final Mlp mlp;

  MultiScaleBlock(Weights weights, BlockConfig config) {
    this.config = config;
    this.norm1 = new LayerNorm(weights.at("norm1"), config.in(), EPS);
    this.attention = new MultiScaleAttention(weights.at("attn"), config);
    this.shortcut = config.pools() ? projected(weights, config) : (x, normed) -> x;
    this.norm2 = new LayerNorm(weights.at("norm2"), config.out(), EPS);
    this.mlp =
        new Mlp(
            weights.at("mlp"), Tensor::gelu, config.out(), MLP_RATIO * config.out(), config.out());
  }

  /** What attention's result is added to: the block's input, given as it is and normalised. */
  private interface Shortcut {
    Tensor of(Tensor x, Tensor normed);
  }

  private static Shortcut projected(Weights weights, BlockConfig config) {
    Linear proj = Linear.of(weights.at("proj"), config.in(), config.out());
    return (x, normed) -> QueryPool.forward(proj.forward(normed)).contiguous();
  }

  /**
   * (B, H, W, C) → (B, H', W', D). Where the shape stays and no gradient is wanted, {@code x} is
   * overwritten with the result: at full resolution a copy would cost more than the addition.
   */
  Tensor forward(Tensor x) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor attended = attend(x); // (B, H', W', D)
      return scope.handUp(attended.accumulate(mlp.forward(norm2.forward(attended))));
    }
  }

  private Tensor attend(Tensor x) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor normed = norm1.forward(x);
      Tensor sum = shortcut.of(x, normed);
      return scope.handUp(sum.accumulate(inWindows(normed)));
    }
  }

  private Tensor inWindows(Tensor x) {
    if (config.window() == 0) {
      return attention.forward(x);
    }
    WindowPartition windows = new WindowPartition(config.window(), x.size(1), x.size(2));
    Tensor attended = attention.forward(windows.partition(x)); // (B·n, w', w', D)
    return (config.pools() ? windows.pooled() : windows).unpartition(attended);
  }
}
