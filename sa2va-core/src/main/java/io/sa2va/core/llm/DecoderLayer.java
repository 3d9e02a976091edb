package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.RmsNorm;

/**
 * One layer of the decoder: attention, then MLP, each on normalised input and added to it. (1, T,
 * D) → (1, T, D).
 *
 * <p>Reference: {@code LlamaDecoderLayer} and its kin, which differ in names only.
 */
public final class DecoderLayer {
  private final RmsNorm attentionNorm;
  private final SelfAttention attention;
  private final RmsNorm mlpNorm;
  private final GatedMlp mlp;

  DecoderLayer(RmsNorm attentionNorm, SelfAttention attention, RmsNorm mlpNorm, GatedMlp mlp) {
    this.attentionNorm = attentionNorm;
    this.attention = attention;
    this.mlpNorm = mlpNorm;
    this.mlp = mlp;
  }

  Tensor forward(Tensor x, RotaryPositions positions, AttentionCache cache) {
    Tensor attended = x.add(attention.forward(attentionNorm.forward(x), positions, cache));
    return attended.add(mlp.forward(mlpNorm.forward(attended))); // (1, T, D)
  }
}
