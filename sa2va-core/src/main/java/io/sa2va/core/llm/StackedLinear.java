package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Several linear maps of one input. They are one product where that costs no memory, and stay apart
 * where the weights are views of their file.
 */
final class StackedLinear {
  private final List<Linear> products;
  private final List<Long> rows;
  private final long outputs;

  private StackedLinear(List<Linear> products, List<Long> rows) {
    this.products = products;
    this.rows = List.copyOf(rows);
    this.outputs = rows.stream().mapToLong(Long::longValue).sum();
  }

  /** Maps that the checkpoint has below each other in one matrix. */
  static StackedLinear stacked(Linear product, Long... rows) {
    return new StackedLinear(List.of(product), List.of(rows));
  }

  /**
   * Maps that the checkpoint has under names of their own.
   *
   * @param names of the maps, below {@code weights}
   * @param rows outputs of each map
   * @param bias whether they have one
   */
  static StackedLinear of(
      Weights weights, long in, List<String> names, List<Long> rows, boolean bias) {
    if (weights.standsAlone(names.get(0) + ".weight", rows.get(0), in)) {
      List<Linear> products = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        products.add(linear(weights.at(names.get(i)), in, rows.get(i), bias));
      }
      return new StackedLinear(products, rows);
    }
    return new StackedLinear(List.of(Linear.stacked(weights, in, names, rows, bias)), rows);
  }

  static Linear linear(Weights weights, long in, long out, boolean bias) {
    return bias ? Linear.of(weights, in, out) : Linear.withoutBias(weights, in, out);
  }

  /** How many values all maps give together. */
  long outputs() {
    return outputs;
  }

  /** (…, in) → (…, rows) of each map. */
  List<Tensor> forward(Tensor x) {
    if (products.size() == rows.size()) {
      return products.stream().map(product -> product.forward(x)).toList();
    }
    Tensor all = products.get(0).forward(x); // (…, sum of rows)
    List<Tensor> parts = new ArrayList<>();
    long from = 0;
    for (long count : rows) {
      parts.add(all.narrow(-1, from, count));
      from += count;
    }
    return parts;
  }
}
