package io.sa2va.core.train;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;

/** Leaves out values by chance while the model learns, and none while it is evaluated. */
final class Dropout {
  private final double probability;
  private boolean active;

  Dropout(double probability) {
    this.probability = probability;
  }

  void activate(boolean learning) {
    this.active = learning;
  }

  Tensor forward(Tensor x) {
    return active && probability > 0 ? Functional.dropout(x, probability) : x;
  }
}
