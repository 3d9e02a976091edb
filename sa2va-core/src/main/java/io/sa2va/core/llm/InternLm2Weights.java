package io.sa2va.core.llm;

import io.sa2va.torch.nn.Embedding;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;
import java.util.List;
import java.util.Optional;

/**
 * The names of InternLM2's weights: in the trunk {@code tok_embeddings}, {@code
 * layers.N.{attention_norm, attention.{wqkv, wo}, ffn_norm, feed_forward.{w1, w3, w2}}}, {@code
 * norm}; the head apart.
 *
 * <p>Reference: modeling_internlm2.py.
 */
final class InternLm2Weights implements LlmWeights {
  private final LlmConfig config;
  private final Weights trunk;
  private final Weights head;

  InternLm2Weights(LlmConfig config, Weights trunk, Weights head) {
    this.config = config;
    this.trunk = trunk;
    this.head = head;
  }

  @Override
  public Embedding embedding() {
    return new Embedding(trunk.at("tok_embeddings"), config.vocabSize(), config.hiddenSize());
  }

  @Override
  public DecoderLayer layer(int index) {
    Weights layer = trunk.at("layers").at(index);
    return new DecoderLayer(
        norm(layer.at("attention_norm")),
        attention(layer.at("attention"), config.windows().get(index)),
        norm(layer.at("ffn_norm")),
        mlp(layer.at("feed_forward")));
  }

  private SelfAttention attention(Weights attention, int window) {
    long queries = (long) config.heads() * config.headWidth();
    long keys = (long) config.keyValueHeads() * config.headWidth();
    long width = config.hiddenSize();
    boolean bias = config.attentionBias();
    Linear wqkv = StackedLinear.linear(attention.at("wqkv"), width, queries + 2 * keys, bias);
    Linear wo = StackedLinear.linear(attention.at("wo"), queries, width, bias);
    return new SelfAttention(new GroupedQkv(wqkv, config), Optional.empty(), wo, window);
  }

  private GatedMlp mlp(Weights mlp) {
    long width = config.hiddenSize();
    long inner = config.intermediateSize();
    return new GatedMlp(
        StackedLinear.of(mlp, width, List.of("w1", "w3"), List.of(inner, inner), false),
        config.activation(),
        Linear.withoutBias(mlp.at("w2"), inner, width));
  }

  private RmsNorm norm(Weights norm) {
    return new RmsNorm(norm, config.hiddenSize(), config.rmsNormEps());
  }

  @Override
  public RmsNorm norm() {
    return norm(trunk.at("norm"));
  }

  @Override
  public Linear head() {
    return Linear.withoutBias(head, config.hiddenSize(), config.vocabSize());
  }

  @Override
  public Linear tiedHead(Embedding embedding) {
    head.ignore("weight");
    return Linear.tied(trunk.at("tok_embeddings"), embedding);
  }
}
