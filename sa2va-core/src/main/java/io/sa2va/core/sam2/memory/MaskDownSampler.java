package io.sa2va.core.sam2.memory;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.Conv2d;
import io.sa2va.torch.nn.LayerNorm2d;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A mask at picture resolution as features: (N, 1, S, S) → (N, C, S / 16, S / 16). Four
 * convolutions halve the resolution and quadruple the channels.
 *
 * <p>Reference: {@code MaskDownSampler} in sam2's memory_encoder.py. Weights: {@code encoder.N}, a
 * sequence of convolution, normalisation and activation.
 */
final class MaskDownSampler {
  private static final double EPS = 1e-6;
  private static final int HALVINGS = 4;

  private final List<Conv2d> convolutions = new ArrayList<>();
  private final List<LayerNorm2d> norms = new ArrayList<>();
  private final Conv2d last;

  MaskDownSampler(Weights weights, long width) {
    Weights sequence = weights.at("encoder");
    long channels = 1;
    for (int i = 0; i < HALVINGS; i++) {
      convolutions.add(Conv2d.of(sequence.at(3 * i), channels, 4 * channels, 3, 2, 1));
      norms.add(new LayerNorm2d(sequence.at(3 * i + 1), 4 * channels, EPS));
      channels *= 4;
    }
    this.last = Conv2d.pointwise(sequence.at(3 * HALVINGS), channels, width);
  }

  Tensor forward(Tensor mask) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = mask;
      for (int i = 0; i < HALVINGS; i++) {
        x = norms.get(i).forward(convolutions.get(i).forward(x)).gelu();
      }
      return scope.handUp(last.forward(x)); // (N, C, S/16, S/16)
    }
  }
}
