package io.sa2va.torch.nn;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;

/** Root-mean-square normalisation over the last dimension. Weights: {@code weight}. */
public final class RmsNorm implements Norm {
  private final Tensor weight;
  private final long width;
  private final double eps;

  public RmsNorm(Weights weights, long width, double eps) {
    this.weight = weights.get("weight", width);
    this.width = width;
    this.eps = eps;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Functional.rmsNorm(x, width, weight, eps);
  }
}
