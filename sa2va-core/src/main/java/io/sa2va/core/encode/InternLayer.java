package io.sa2va.core.encode;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Norm;
import io.sa2va.torch.weights.Weights;

/**
 * One layer of InternViT: attention and MLP, each normalised before and scaled by a learned vector
 * (layer scale) after. (B, N, D) → (B, N, D).
 *
 * <p>Reference: {@code InternVisionEncoderLayer}. Weights: {@code encoder.layers.N.{norm1, attn,
 * ls1, norm2, mlp, ls2}}.
 */
final class InternLayer {
  private final Norm norm1;
  private final InternAttention attention;
  private final Tensor scale1; // (D)
  private final Norm norm2;
  private final InternMlp mlp;
  private final Tensor scale2; // (D)

  InternLayer(VisionConfig config, Weights weights) {
    long width = config.hiddenSize();
    this.norm1 = config.norm().create(weights.at("norm1"), width, config.layerNormEps());
    this.attention = new InternAttention(config, weights.at("attn"));
    this.scale1 = weights.get("ls1", width);
    this.norm2 = config.norm().create(weights.at("norm2"), width, config.layerNormEps());
    this.mlp = new InternMlp(config, weights.at("mlp"));
    this.scale2 = weights.get("ls2", width);
  }

  Tensor forward(Tensor x) {
    Tensor attended = x.add(attention.forward(norm1.forward(x)).mul(scale1)); // (B, N, D)
    return attended.add(mlp.forward(norm2.forward(attended)).mul(scale2)); // (B, N, D)
  }
}
