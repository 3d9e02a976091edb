package io.sa2va.torch.nn;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Adapter;
import io.sa2va.torch.weights.Weights;
import java.util.Optional;

/**
 * A matrix product with an optional bias: (…, in) → (…, out). Weights: {@code weight}, {@code
 * bias}.
 *
 * <p>In a model that is trained it may have an {@link Adapter}, whose result is added.
 */
public final class Linear {
  private final Tensor weight; // (out, in)
  private final Optional<Tensor> bias; // (out)
  private final Optional<Adapter> adapter;

  private Linear(Tensor weight, Optional<Tensor> bias, Optional<Adapter> adapter) {
    this.weight = weight;
    this.bias = bias;
    this.adapter = adapter;
  }

  /** With a bias. */
  public static Linear of(Weights weights, long in, long out) {
    return new Linear(
        weights.getLater("weight", out, in),
        Optional.of(weights.getLater("bias", out)),
        weights.adapter(in, out));
  }

  public static Linear withoutBias(Weights weights, long in, long out) {
    return new Linear(
        weights.getLater("weight", out, in), Optional.empty(), weights.adapter(in, out));
  }

  /**
   * From tensors that somebody else owns, for example an embedding table that serves as the head.
   */
  public static Linear of(Tensor weight, Optional<Tensor> bias) {
    return new Linear(weight, bias, Optional.empty());
  }

  public Tensor forward(Tensor x) {
    Tensor y = Functional.linear(x, weight, bias); // (…, out)
    return adapter.isPresent() ? y.add(adapter.get().forward(x)) : y;
  }

  public Tensor weight() {
    return weight;
  }

  public Optional<Tensor> bias() {
    return bias;
  }
}
