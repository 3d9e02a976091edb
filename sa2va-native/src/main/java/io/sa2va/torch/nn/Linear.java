package io.sa2va.torch.nn;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;
import java.util.Optional;

/**
 * A matrix product with an optional bias: (…, in) → (…, out). Weights: {@code weight}, {@code
 * bias}.
 */
public final class Linear {
  private final Tensor weight; // (out, in)
  private final Optional<Tensor> bias; // (out)

  private Linear(Tensor weight, Optional<Tensor> bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /** With a bias. */
  public static Linear of(Weights weights, long in, long out) {
    return new Linear(weights.get("weight", out, in), Optional.of(weights.get("bias", out)));
  }

  public static Linear withoutBias(Weights weights, long in, long out) {
    return new Linear(weights.get("weight", out, in), Optional.empty());
  }

  /**
   * From tensors that somebody else owns, for example an embedding table that serves as the head.
   */
  public static Linear of(Tensor weight, Optional<Tensor> bias) {
    return new Linear(weight, bias);
  }

  public Tensor forward(Tensor x) {
    return Functional.linear(x, weight, bias); // (…, out)
  }

  public Tensor weight() {
    return weight;
  }

  public Optional<Tensor> bias() {
    return bias;
  }
}
