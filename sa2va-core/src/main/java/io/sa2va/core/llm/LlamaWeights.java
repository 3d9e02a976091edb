package io.sa2va.core.llm;

import io.sa2va.torch.nn.Embedding;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;
import java.util.List;
import java.util.Optional;

/**
 * The names of Llama's weights, most of which other families share: in the trunk {@code
 * embed_tokens}, {@code layers.N.{input_layernorm, self_attn.{q,k,v,o}_proj,
 * post_attention_layernorm, mlp.{gate,up,down}_proj}}, {@code norm}; the head apart.
 */
class LlamaWeights implements LlmWeights {
  private final LlmConfig config;
  private final Weights trunk;
  private final Weights head;

  LlamaWeights(LlmConfig config, Weights trunk, Weights head) {
    this.config = config;
    this.trunk = trunk;
    this.head = head;
  }

  final LlmConfig config() {
    return config;
  }

  @Override
  public final Embedding embedding() {
    return new Embedding(trunk.at("embed_tokens"), config.vocabSize(), config.hiddenSize());
  }

  @Override
  public final DecoderLayer layer(int index) {
    Weights layer = trunk.at("layers").at(index);
    return new DecoderLayer(
        norm(layer.at("input_layernorm")),
        attention(layer.at("self_attn"), config.windows().get(index)),
        norm(layer.at("post_attention_layernorm")),
        mlp(layer.at("mlp")));
  }

  SelfAttention attention(Weights attention, int window) {
    boolean bias = config.attentionBias();
    return new SelfAttention(
        qkv(attention, bias), Optional.empty(), output(attention, bias), window);
  }

  final QkvProjection qkv(Weights attention, boolean bias) {
    long queries = (long) config.heads() * config.headWidth();
    long keys = (long) config.keyValueHeads() * config.headWidth();
    List<String> names = List.of("q_proj", "k_proj", "v_proj");
    List<Long> rows = List.of(queries, keys, keys);
    return new SeparateQkv(
        StackedLinear.of(attention, config.hiddenSize(), names, rows, bias), config.headWidth());
  }

  final Linear output(Weights attention, boolean bias) {
    long in = (long) config.heads() * config.headWidth();
    return StackedLinear.linear(attention.at("o_proj"), in, config.hiddenSize(), bias);
  }

  GatedMlp mlp(Weights mlp) {
    return GatedMlp.of(
        mlp, config.hiddenSize(), config.intermediateSize(), config.mlpBias(), config.activation());
  }

  private RmsNorm norm(Weights norm) {
    return new RmsNorm(norm, config.hiddenSize(), config.rmsNormEps());
  }

  @Override
  public final RmsNorm norm() {
    return norm(trunk.at("norm"));
  }

  @Override
  public final Linear head() {
    return Linear.withoutBias(head, config.hiddenSize(), config.vocabSize());
  }

  @Override
  public final Linear tiedHead(Embedding embedding) {
    head.ignore("weight");
    return Linear.tied(trunk.at("embed_tokens"), embedding);
  }
}
