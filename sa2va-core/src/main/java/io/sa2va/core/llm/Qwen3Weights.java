package io.sa2va.core.llm;

import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;
import java.util.Optional;

/** Qwen3's weights: Llama's, and {@code self_attn.{q,k}_norm} for each head. */
final class Qwen3Weights extends LlamaWeights {
  Qwen3Weights(LlmConfig config, Weights trunk, Weights head) {
    super(config, trunk, head);
  }

  @Override
  SelfAttention attention(Weights attention, int window) {
    boolean bias = config().attentionBias();
    SelfAttention.QkNorm norms =
        new SelfAttention.QkNorm(
            headNorm(attention.at("q_norm")), headNorm(attention.at("k_norm")));
    return new SelfAttention(
        qkv(attention, bias), Optional.of(norms), output(attention, bias), window);
  }

  private RmsNorm headNorm(Weights norm) {
    return new RmsNorm(norm, config().headWidth(), config().rmsNormEps());
  }
}
