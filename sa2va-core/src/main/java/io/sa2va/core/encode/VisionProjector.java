package io.sa2va.core.encode;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;

/**
 * Brings merged patches to the language model's width: (…, C) → (…, D).
 *
 * <p>Reference and weights: {@code mlp1.{0, 1, 3}} (LayerNorm, Linear, GELU, Linear).
 */
final class VisionProjector {
  /** PyTorch's default, which the reference leaves as it is. */
  private static final double EPS = 1e-5;

  private final LayerNorm norm;
  private final Linear fc1;
  private final Linear fc2;

  VisionProjector(long in, long out, Weights weights) {
    this.norm = new LayerNorm(weights.at(0), in, EPS);
    this.fc1 = Linear.of(weights.at(1), in, out);
    this.fc2 = Linear.of(weights.at(3), out, out);
  }

  Tensor forward(Tensor x) {
    return fc2.forward(fc1.forward(norm.forward(x)).gelu());
  }
}
