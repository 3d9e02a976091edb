package io.sa2va.core.encode;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Attention;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;
import java.util.List;
import java.util.Optional;

/**
 * Self-attention of InternViT, in which every patch sees every other.
 *
 * <p>Reference: {@code InternAttention}. Weights: {@code attn.{qkv, q_norm, k_norm, proj}}. Shapes:
 * B pictures, N tokens, H heads, d head width, D = H·d.
 */
final class InternAttention {
  private final long heads;
  private final long headWidth;
  private final Linear qkv;
  private final Optional<QkNorm> qkNorm;
  private final Linear projection;

  /** Normalises queries and keys over all heads together, as InternViT-6B does. */
  private record QkNorm(RmsNorm query, RmsNorm key) {}

  InternAttention(VisionConfig config, Weights weights) {
    long width = config.hiddenSize();
    this.heads = config.heads();
    this.headWidth = config.headWidth();
    this.qkv =
        config.qkvBias()
            ? Linear.of(weights.at("qkv"), width, 3 * width)
            : Linear.withoutBias(weights.at("qkv"), width, 3 * width);
    this.qkNorm =
        config.qkNormalization()
            ? Optional.of(
                new QkNorm(
                    new RmsNorm(weights.at("q_norm"), width, config.layerNormEps()),
                    new RmsNorm(weights.at("k_norm"), width, config.layerNormEps())))
            : Optional.empty();
    this.projection = Linear.of(weights.at("proj"), width, width);
  }

  /** (B, N, D) → (B, N, D). */
  Tensor forward(Tensor x) {
    List<Tensor> parts = qkv.forward(x).chunk(3, -1); // 3 × (B, N, D)
    Tensor q = splitHeads(qkNorm.map(n -> n.query().forward(parts.get(0))).orElse(parts.get(0)));
    Tensor k = splitHeads(qkNorm.map(n -> n.key().forward(parts.get(1))).orElse(parts.get(1)));
    Tensor v = splitHeads(parts.get(2));
    Tensor mixed = Attention.full(q, k, v).transpose(1, 2); // (B, N, H, d)
    return projection.forward(mixed.reshape(x.shape())); // (B, N, D)
  }

  private Tensor splitHeads(Tensor x) {
    return x.reshape(x.size(0), x.size(1), heads, headWidth).transpose(1, 2); // (B, H, N, d)
  }
}
