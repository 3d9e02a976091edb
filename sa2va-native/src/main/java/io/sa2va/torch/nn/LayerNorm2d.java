package io.sa2va.torch.nn;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;

/** Layer normalisation over the channels of (B, C, H, W). Weights: {@code weight}, {@code bias}. */
public final class LayerNorm2d {
  private final LayerNorm norm;

  public LayerNorm2d(Weights weights, long channels, double eps) {
    this.norm = new LayerNorm(weights, channels, eps);
  }

  public Tensor forward(Tensor x) {
    Tensor last = x.permute(0, 2, 3, 1); // (B, H, W, C)
    return norm.forward(last).permute(0, 3, 1, 2); // (B, C, H, W)
  }
}
