package io.sa2va.core.llm;

import io.sa2va.torch.weights.Weights;
import java.util.Optional;

/** Qwen2's weights: Llama's, with a bias on queries, keys and values. */
final class Qwen2Weights extends LlamaWeights {
  Qwen2Weights(LlmConfig config, Weights trunk, Weights head) {
    super(config, trunk, head);
  }

  @Override
  SelfAttention attention(Weights attention, int window) {
    return new SelfAttention(
        qkv(attention, true), Optional.empty(), output(attention, false), window);
  }
}
