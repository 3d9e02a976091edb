package io.sa2va.torch.nn;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Adapter;
import java.util.Optional;

/** With a weight as the checkpoint has it, and in training what an {@link Adapter} adds. */
final class DenseLinear implements Linear {
  private final Tensor weight; // (out, in)
  private final Optional<Tensor> bias; // (out)
  private final Optional<Adapter> adapter;

  DenseLinear(Tensor weight, Optional<Tensor> bias, Optional<Adapter> adapter) {
    this.weight = weight;
    this.bias = bias;
    this.adapter = adapter;
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = Functional.linear(x, weight, bias); // (…, out)
    return adapter.isPresent() ? y.add(adapter.get().forward(x)) : y;
  }
}
