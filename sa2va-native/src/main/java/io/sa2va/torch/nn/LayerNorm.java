package io.sa2va.torch.nn;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;

/** Layer normalisation over the last dimension. Weights: {@code weight}, {@code bias}. */
public final class LayerNorm implements Norm {
  private final Tensor weight;
  private final Tensor bias;
  private final long width;
  private final double eps;

  public LayerNorm(Weights weights, long width, double eps) {
    this.weight = weights.get("weight", width);
    this.bias = weights.get("bias", width);
    this.width = width;
    this.eps = eps;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Functional.layerNorm(x, width, weight, bias, eps);
  }
}
