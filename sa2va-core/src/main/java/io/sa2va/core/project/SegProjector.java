package io.sa2va.core.project;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;

/**
 * Maps the language model's hidden state of each {@code [SEG]} token to a prompt token of SAM2's
 * mask decoder: (objects, D) → (objects, d).
 *
 * <p>Reference and weights: {@code text_hidden_fcs.{0, 2}} (Linear, ReLU, Linear) in
 * modeling_sa2va_chat.py. Immutable and thread-safe.
 */
public final class SegProjector {
  private final Linear fc1;
  private final Linear fc2;

  /**
   * Reads the weights.
   *
   * @param hiddenSize width D of the language model
   * @param promptSize width d of SAM2
   * @param weights at {@code text_hidden_fcs}
   */
  public SegProjector(long hiddenSize, long promptSize, Weights weights) {
    this.fc1 = Linear.of(weights.at(0), hiddenSize, hiddenSize);
    this.fc2 = Linear.of(weights.at(2), hiddenSize, promptSize);
  }

  /** Hidden states (objects, D), after the language model's final norm → (objects, d). */
  public Tensor forward(Tensor hidden) {
    return fc2.forward(fc1.forward(hidden).relu());
  }
}
