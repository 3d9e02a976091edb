package io.sa2va.core.encode;

import io.sa2va.torch.Carry;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * InternViT, the vision transformer of InternVL: pictures to one vector a patch.
 *
 * <p>Reference: modeling_intern_vit.py. Weights: {@code vision_model.*}. Immutable and thread-safe.
 */
final class InternVit {
  private final PatchEmbedding embeddings;
  private final List<InternLayer> layers;
  private final int depth;

  /**
   * Reads the tower's weights, those of layers beyond the depth too: the checkpoint has them.
   *
   * @param depth after how many layers the result is taken, 0 to all of them
   * @param weights at {@code vision_model}
   */
  InternVit(VisionConfig config, int depth, Weights weights) {
    this.embeddings = new PatchEmbedding(config, weights.at("embeddings"));
    this.layers =
        IntStream.range(0, config.layers())
            .mapToObj(i -> new InternLayer(config, weights.at("encoder.layers").at(i)))
            .toList();
    this.depth = depth;
  }

  /** Pictures (B, 3, P, P) → patches (B, g², D), row by row, without the class token. */
  Tensor forward(Tensor pictures) {
    try (Carry hidden = Carry.of(embeddings.forward(pictures))) { // (B, 1 + g², D)
      layers.stream().limit(depth).forEach(layer -> hidden.step(layer::forward));
      return hidden.tensor().narrow(1, 1, hidden.tensor().size(1) - 1); // (B, g², D)
    }
  }
}
