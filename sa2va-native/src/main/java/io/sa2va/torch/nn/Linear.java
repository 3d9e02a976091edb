package io.sa2va.torch.nn;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.quant.QuantizedMatrix;
import io.sa2va.torch.weights.Weights;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A matrix product with an optional bias: (…, in) → (…, out). Weights: {@code weight}, {@code
 * bias}.
 */
public interface Linear {
  Tensor forward(Tensor x);

  /** With a bias. */
  static Linear of(Weights weights, long in, long out) {
    return of(weights, in, out, () -> Optional.of(weights.getLater("bias", out)));
  }

  static Linear withoutBias(Weights weights, long in, long out) {
    return of(weights, in, out, Optional::empty);
  }

  private static Linear of(Weights weights, long in, long out, Supplier<Optional<Tensor>> bias) {
    Optional<QuantizedMatrix> quantized = weights.quantized(List.of("weight"), List.of(out), in);
    if (quantized.isPresent()) {
      return new QuantizedLinear(quantized.get(), bias.get());
    }
    Tensor weight = weights.getLater("weight", out, in);
    return new DenseLinear(weight, bias.get(), weights.adapter(in, out));
  }

  /**
   * Several maps of one input as one, their outputs below each other.
   *
   * @param names of the maps, below {@code weights}
   * @param rows outputs of each map
   * @param withBias whether they have one
   */
  static Linear stacked(
      Weights weights, long in, List<String> names, List<Long> rows, boolean withBias) {
    List<String> matrices = names.stream().map(name -> name + ".weight").toList();
    List<String> biases = names.stream().map(name -> name + ".bias").toList();
    Supplier<Optional<Tensor>> bias =
        () -> withBias ? Optional.of(weights.getStacked(biases, rows)) : Optional.empty();
    Optional<QuantizedMatrix> quantized = weights.quantized(matrices, rows, in);
    if (quantized.isPresent()) {
      return new QuantizedLinear(quantized.get(), bias.get());
    }
    Tensor weight = weights.getStacked(matrices, rows, in);
    return new DenseLinear(weight, bias.get(), Optional.empty());
  }

  /**
   * The head of a model whose token table serves as one.
   *
   * @param weights where the table is
   */
  static Linear tied(Weights weights, Embedding embedding) {
    Tensor table = embedding.weight(); // (vocabulary, in)
    Optional<QuantizedMatrix> quantized =
        weights.quantizedCopy("weight", table.size(0), table.size(1));
    return quantized.isPresent()
        ? new QuantizedLinear(quantized.get(), Optional.empty())
        : new DenseLinear(table, Optional.empty(), Optional.empty());
  }
}
