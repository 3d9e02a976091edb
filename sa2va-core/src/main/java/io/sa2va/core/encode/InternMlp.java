package io.sa2va.core.encode;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Activation;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.RowBlocks;
import io.sa2va.torch.weights.Weights;

/**
 * The two-layer perceptron of an InternViT layer: (B, N, D) → (B, N, D).
 *
 * <p>Reference: {@code InternMLP}. Weights: {@code mlp.{fc1, fc2}}.
 */
final class InternMlp {
  private final Linear fc1;
  private final Activation activation;
  private final Linear fc2;
  private final long width;

  InternMlp(VisionConfig config, Weights weights) {
    this.fc1 = Linear.of(weights.at("fc1"), config.hiddenSize(), config.intermediateSize());
    this.width = config.intermediateSize();
    this.activation = config.activation();
    this.fc2 = Linear.of(weights.at("fc2"), config.intermediateSize(), config.hiddenSize());
  }

  Tensor forward(Tensor x) {
    return RowBlocks.map(x, width, rows -> fc2.forward(activation.forward(fc1.forward(rows))));
  }
}
