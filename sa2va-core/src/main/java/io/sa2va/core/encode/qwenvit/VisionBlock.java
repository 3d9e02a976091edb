package io.sa2va.core.encode.qwenvit;

import io.sa2va.core.llm.GatedMlp;
import io.sa2va.core.llm.RotaryPositions;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.nn.Mlp;
import io.sa2va.torch.nn.Norm;
import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One layer of a vision tower: attention, then MLP, each on normalised input and added to it. (N,
 * C) → (N, C).
 *
 * <p>Reference: {@code Qwen2_5_VLVisionBlock}, {@code Qwen3VLVisionBlock}. Weights: {@code
 * blocks.N.{norm1, attn, norm2, mlp}}.
 */
final class VisionBlock {
  /** Fixed in the reference. */
  static final double EPS = 1e-6;

  private final Norm norm1;
  private final VisionAttention attention;
  private final Norm norm2;
  private final UnaryOperator<Tensor> mlp;

  private VisionBlock(
      Norm norm1, VisionAttention attention, Norm norm2, UnaryOperator<Tensor> mlp) {
    this.norm1 = norm1;
    this.attention = attention;
    this.norm2 = norm2;
    this.mlp = mlp;
  }

  /** Qwen2.5-VL's: root-mean-square norms and a gated MLP. */
  static VisionBlock gated(QwenVitConfig config, Weights weights) {
    long width = config.hiddenSize();
    GatedMlp mlp =
        GatedMlp.of(weights.at("mlp"), width, config.intermediateSize(), true, config.activation());
    return new VisionBlock(
        new RmsNorm(weights.at("norm1"), width, EPS),
        new VisionAttention(config, weights.at("attn")),
        new RmsNorm(weights.at("norm2"), width, EPS),
        mlp::forward);
  }

  /** Qwen3-VL's: layer norms and an MLP of two layers. */
  static VisionBlock plain(QwenVitConfig config, Weights weights) {
    long width = config.hiddenSize();
    Mlp mlp =
        new Mlp(
            weights.at("mlp"),
            List.of("linear_fc1", "linear_fc2"),
            config.activation()::forward,
            width,
            config.intermediateSize(),
            width);
    return new VisionBlock(
        new LayerNorm(weights.at("norm1"), width, EPS),
        new VisionAttention(config, weights.at("attn")),
        new LayerNorm(weights.at("norm2"), width, EPS),
        mlp::forward);
  }

  Tensor forward(Tensor x, RotaryPositions rotations, List<AttentionSpans> spans) {
    Tensor attended = x.add(attention.forward(norm1.forward(x), rotations, spans)); // (N, C)
    return attended.add(mlp.apply(norm2.forward(attended))); // (N, C)
  }
}
