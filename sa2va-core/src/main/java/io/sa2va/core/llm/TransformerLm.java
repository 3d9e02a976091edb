package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.Embedding;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;
import java.util.function.IntConsumer;

/**
 * A {@link CausalLm} on rotary positions: token table, {@link Decoder}, norm, head. Every
 * checkpoint's language model is one.
 */
final class TransformerLm implements CausalLm {
  private final LlmConfig config;
  private final Embedding embedding;
  private final Rope rope;
  private final Decoder decoder;
  private final RmsNorm norm;
  private final Linear head;

  /**
   * Reads the weights.
   *
   * @param weights where {@code parts} are read from: its device and type are the model's
   */
  TransformerLm(LlmConfig config, LlmWeights parts, Weights weights) {
    this.config = config;
    this.embedding = parts.embedding();
    this.rope = new Rope(config.rope(), config.axes(), weights.device());
    this.decoder = new Decoder(config, parts, weights);
    this.norm = parts.norm();
    this.head = config.tieWordEmbeddings() ? parts.tiedHead(embedding) : parts.head();
  }

  @Override
  public Tensor embed(Tensor ids) {
    return embedding.forward(ids.to(embedding.weight().device())).unsqueeze(0); // (1, T, D)
  }

  @Override
  public Tensor forward(LmInput input, KvCache cache) {
    try (TensorScope scope = TensorScope.open()) {
      RotaryPositions rotations = rope.at(input.positions(), cache.nextPosition());
      Tensor lastLayer = decoder.forward(input, cache, rotations); // (1, T, D)
      return scope.handUp(config.hiddenStates().of(lastLayer, norm)); // (1, T, D)
    }
  }

  @Override
  public Recomputation recompute(LmInput input, IntConsumer beforeLayer) {
    return new Recomputation(decoder, input, rope.at(input.positions(), 0), beforeLayer);
  }

  @Override
  public Tensor hidden(Recomputation way) {
    return config.hiddenStates().of(way.lastLayer(), norm); // (1, T, D)
  }

  @Override
  public Tensor logits(Tensor hidden) {
    return head.forward(config.hiddenStates().forHead(hidden, norm)); // (…, V)
  }

  @Override
  public KvCache newCache(int capacity) {
    return decoder.newCache(capacity);
  }

  @Override
  public int vocabSize() {
    return config.vocabSize();
  }

  @Override
  public int hiddenSize() {
    return config.hiddenSize();
  }

  @Override
  public int contextLength() {
    return config.contextLength();
  }
}
