package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.Activation;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.RowBlocks;
import io.sa2va.torch.weights.Weights;
import java.util.List;

/**
 * down(act(gate(x)) · up(x)): (…, D) → (…, D).
 *
 * <p>Reference: {@code LlamaMLP}; InternLM2 calls the three w1 (gate), w3 (up) and w2 (down).
 */
public final class GatedMlp {
  private final StackedLinear gateUp;
  private final Activation activation;
  private final Linear down;

  GatedMlp(StackedLinear gateUp, Activation activation, Linear down) {
    this.gateUp = gateUp;
    this.activation = activation;
    this.down = down;
  }

  /**
   * With weights {@code gate_proj}, {@code up_proj} and {@code down_proj}.
   *
   * @param width D
   * @param inner I
   */
  public static GatedMlp of(
      Weights weights, long width, long inner, boolean bias, Activation activation) {
    List<String> names = List.of("gate_proj", "up_proj");
    return new GatedMlp(
        StackedLinear.of(weights, width, names, List.of(inner, inner), bias),
        activation,
        StackedLinear.linear(weights.at("down_proj"), inner, width, bias));
  }

  public Tensor forward(Tensor x) {
    return RowBlocks.map(x, gateUp.outputs(), this::rows);
  }

  private Tensor rows(Tensor x) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> parts = gateUp.forward(x); // 2 × (…, I)
      Tensor gated = activation.forward(parts.get(0)).mulInPlace(parts.get(1)); // (…, I)
      return scope.handUp(down.forward(gated)); // (…, D)
    }
  }
}
