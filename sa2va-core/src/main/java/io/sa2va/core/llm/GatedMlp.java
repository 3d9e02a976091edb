package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.Activation;
import io.sa2va.torch.nn.Linear;
import java.util.List;

/**
 * down(act(gate(x)) · up(x)): (1, T, D) → (1, T, D).
 *
 * <p>Reference: {@code LlamaMLP}; InternLM2 calls the three w1 (gate), w3 (up) and w2 (down).
 */
final class GatedMlp {
  private final StackedLinear gateUp;
  private final Activation activation;
  private final Linear down;

  GatedMlp(StackedLinear gateUp, Activation activation, Linear down) {
    this.gateUp = gateUp;
    this.activation = activation;
    this.down = down;
  }

  Tensor forward(Tensor x) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> parts = gateUp.forward(x); // 2 × (1, T, I)
      Tensor gated = activation.forward(parts.get(0)).mulInPlace(parts.get(1)); // (1, T, I)
      return scope.handUp(down.forward(gated)); // (1, T, D)
    }
  }
}
