package io.sa2va.torch.nn;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Linear layers with an activation between them, none after the last: (…, in) → (…, out). */
public final class Mlp {
  private final List<Linear> layers = new ArrayList<>();
  private final UnaryOperator<Tensor> activation;
  private final long widest;

  /**
   * With weights {@code layers.N}.
   *
   * @param widths of the input, the hidden layers and the output, in order
   */
  public Mlp(Weights weights, UnaryOperator<Tensor> activation, long... widths) {
    this(weights.at("layers"), numbered(widths.length - 1), activation, widths);
  }

  /**
   * With layers of any name.
   *
   * @param names of the layers, in order
   * @param widths of the input, the hidden layers and the output, in order
   */
  public Mlp(
      Weights weights, List<String> names, UnaryOperator<Tensor> activation, long... widths) {
    this.activation = activation;
    this.widest = Arrays.stream(widths).max().orElseThrow();
    for (int i = 0; i < names.size(); i++) {
      layers.add(Linear.of(weights.at(names.get(i)), widths[i], widths[i + 1]));
    }
  }

  private static List<String> numbered(int layers) {
    return IntStream.range(0, layers).mapToObj(Integer::toString).toList();
  }

  public Tensor forward(Tensor x) {
    return RowBlocks.map(x, widest, this::rows);
  }

  private Tensor rows(Tensor x) {
    Tensor result = layers.get(0).forward(x);
    for (Linear layer : layers.subList(1, layers.size())) {
      result = layer.forward(activation.apply(result));
    }
    return result;
  }
}
