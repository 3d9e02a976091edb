package io.sa2va.core.sam2.memory;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Conv2d;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;

/**
 * A ConvNeXt block: 7×7 per channel, then a feed-forward per cell, around a residual connection.
 *
 * <p>Reference: {@code CXBlock} in sam2's memory_encoder.py; its scale {@code gamma} is called
 * {@code g_weight} in Sa2VA's checkpoints.
 */
final class CxBlock {
  private static final double EPS = 1e-6;

  private final Conv2d depthwise;
  private final LayerNorm norm;
  private final Linear expand;
  private final Linear shrink;
  private final Tensor scale; // (C)

  CxBlock(Weights weights, long width) {
    this.depthwise = Conv2d.depthwise(weights.at("dwconv"), width, 7, 3);
    this.norm = new LayerNorm(weights.at("norm"), width, EPS);
    this.expand = Linear.of(weights.at("pwconv1"), width, 4 * width);
    this.shrink = Linear.of(weights.at("pwconv2"), 4 * width, width);
    this.scale = weights.getEither("g_weight", "gamma", width);
  }

  /** (N, C, h, w) → the same shape. */
  Tensor forward(Tensor x) {
    Tensor mixed = norm.forward(depthwise.forward(x).permute(0, 2, 3, 1)); // (N, h, w, C)
    Tensor fed = shrink.forward(expand.forward(mixed).gelu()).mul(scale); // (N, h, w, C)
    return x.add(fed.permute(0, 3, 1, 2)); // (N, C, h, w)
  }
}
