package io.sa2va.core.train;

import io.sa2va.torch.Device;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Adapter;
import java.util.Optional;

/**
 * A change of low rank to a linear map: y = W·x + s·B·A·x, of which only A and B are trained (Hu et
 * al., "LoRA", 2021).
 *
 * <p>Reference: peft's {@code LoraLayer}. Shapes: A (r, in), B (out, r), r far below both.
 */
final class LoraAdapter implements Adapter {
  private final Parameter a;
  private final Parameter b;
  private final double scale;
  private final Dropout dropout;

  LoraAdapter(Parameter a, Parameter b, double scale, Dropout dropout) {
    this.a = a;
    this.b = b;
    this.scale = scale;
    this.dropout = dropout;
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor inner = Functional.linear(dropout.forward(x), a.computed(), Optional.empty()); // (…, r)
    return Functional.linear(inner.mul(scale), b.computed(), Optional.empty()); // (…, out)
  }

  /** The weight (out, in) that does the same without an adapter: W + s·B·A, FLOAT32. */
  Tensor merge(Tensor weight) {
    return b.values().matmul(a.values()).mul(scale).add(weight);
  }

  Device device() {
    return a.values().device();
  }
}
