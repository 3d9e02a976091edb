package io.sa2va.torch.nn;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.quant.QuantizedMatrix;
import java.util.Optional;

/** With a weight of few bits a value. */
final class QuantizedLinear implements Linear {
  private final QuantizedMatrix weight; // (out, in)
  private final Optional<Tensor> bias; // (out)

  QuantizedLinear(QuantizedMatrix weight, Optional<Tensor> bias) {
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = weight.multiply(x); // (…, out)
    return bias.isPresent() ? y.addInPlace(bias.get()) : y;
  }
}
