package io.sa2va.core.llm;

import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;
import java.util.Optional;

/** Phi-3's weights: Llama's, with {@code qkv_proj} and {@code gate_up_proj} in one matrix each. */
final class Phi3Weights extends LlamaWeights {
  Phi3Weights(LlmConfig config, Weights trunk, Weights head) {
    super(config, trunk, head);
  }

  @Override
  SelfAttention attention(Weights attention, int window) {
    long queries = (long) config().heads() * config().headWidth();
    long keys = (long) config().keyValueHeads() * config().headWidth();
    Linear qkv =
        Linear.withoutBias(attention.at("qkv_proj"), config().hiddenSize(), queries + 2 * keys);
    return new SelfAttention(
        new SeparateQkv(StackedLinear.stacked(qkv, queries, keys, keys), config().headWidth()),
        Optional.empty(),
        output(attention, false),
        window);
  }

  @Override
  GatedMlp mlp(Weights mlp) {
    long inner = config().intermediateSize();
    Linear gateUp = Linear.withoutBias(mlp.at("gate_up_proj"), config().hiddenSize(), 2 * inner);
    return new GatedMlp(
        StackedLinear.stacked(gateUp, inner, inner),
        config().activation(),
        Linear.withoutBias(mlp.at("down_proj"), inner, config().hiddenSize()));
  }
}
