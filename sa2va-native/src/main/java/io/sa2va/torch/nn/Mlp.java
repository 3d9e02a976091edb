package io.sa2va.torch.nn;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Linear layers with an activation between them, none after the last: (…, in) → (…, out). Weights:
 * {@code layers.N}.
 */
public final class Mlp {
  private final List<Linear> layers = new ArrayList<>();
  private final UnaryOperator<Tensor> activation;

  /**
   * @param widths of the input, the hidden layers and the output, in order
   */
  public Mlp(Weights weights, UnaryOperator<Tensor> activation, long... widths) {
    this.activation = activation;
    for (int i = 0; i + 1 < widths.length; i++) {
      layers.add(Linear.of(weights.at("layers").at(i), widths[i], widths[i + 1]));
    }
  }

  public Tensor forward(Tensor x) {
    Tensor result = layers.get(0).forward(x);
    for (Linear layer : layers.subList(1, layers.size())) {
      result = layer.forward(activation.apply(result));
    }
    return result;
  }
}
