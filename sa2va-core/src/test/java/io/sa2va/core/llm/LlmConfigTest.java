package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.nn.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmConfigTest {
  private static final int ALL = Integer.MAX_VALUE;

  @Test
  void of_qwen3_readsEveryKey() {
    LlmConfig config = LlmConfig.of(ConfigFile.node(ConfigFile.of("qwen3", "llm_config")));

    assertThat(config.architecture()).isEqualTo(LlmArchitecture.QWEN3);
    assertThat(config.hiddenSize()).isEqualTo(64);
    assertThat(config.intermediateSize()).isEqualTo(112);
    assertThat(config.layers()).isEqualTo(2);
    assertThat(config.heads()).isEqualTo(4);
    assertThat(config.keyValueHeads()).isEqualTo(2);
    assertThat(config.headWidth()).isEqualTo(24);
    assertThat(config.vocabSize()).isEqualTo(717);
    assertThat(config.rmsNormEps()).isEqualTo(1e-6);
    assertThat(config.activation()).isEqualTo(Activation.SILU);
    assertThat(config.rope()).isEqualTo(new PlainFrequencies(1e6, 24));
    assertThat(config.contextLength()).isEqualTo(4096);
    assertThat(config.tieWordEmbeddings()).isFalse();
    assertThat(config.attentionBias()).isFalse();
    assertThat(config.windows()).containsExactly(ALL, ALL);
  }

  @Test
  void of_internLm2WithoutBiasKey_hasBiasAsItsClassSays() {
    ObjectNode silent = ConfigFile.with(ConfigFile.of("internlm2", "llm_config"), "bias", "");
    assertThat(LlmConfig.of(ConfigFile.node(silent)).attentionBias()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "head_dim | 0",
        "hidden_size | 66",
        "hidden_size |",
        "num_attention_heads | 0",
        "num_key_value_heads | 3",
        "num_hidden_layers | 0",
        "intermediate_size | \"wide\"",
        "vocab_size | 1.5",
        "rms_norm_eps | 0",
        "hidden_act | \"step\"",
        "rope_theta | 1",
        "partial_rotary_factor | 0.2",
        "partial_rotary_factor | 2",
        "max_position_embeddings |",
        "tie_word_embeddings | \"no\"",
        "architectures | []",
        "architectures |",
      })
  void of_badValue_namesTheKey(String key, String value) {
    ObjectNode bad =
        ConfigFile.with(ConfigFile.of("qwen2", "llm_config"), key, value == null ? "" : value);
    assertThatThrownBy(() -> LlmConfig.of(ConfigFile.node(bad)))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("\"" + key + "\"");
  }

  @Test
  void of_unknownArchitecture_namesItAndTheKnownOnes() {
    ObjectNode config = ConfigFile.of("qwen2", "llm_config");
    ObjectNode other = ConfigFile.with(config, "architectures", "[\"GemmaForCausalLM\"]");
    assertThatThrownBy(() -> LlmConfig.of(ConfigFile.node(other)))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("\"GemmaForCausalLM\"")
        .hasMessageContaining(
            "Qwen2ForCausalLM, Qwen3ForCausalLM, LlamaForCausalLM, Phi3ForCausalLM,"
                + " InternLM2ForCausalLM");
  }

  @Test
  void windows_phi3_areThoseOfEveryLayer() {
    ObjectNode config = ConfigFile.of("phi3", "llm_config");
    ObjectNode windowed = ConfigFile.with(config, "sliding_window", "8");
    assertThat(LlmConfig.of(ConfigFile.node(windowed)).windows()).containsExactly(8, 8, 8);
    assertThat(LlmConfig.of(ConfigFile.node(config)).windows()).containsExactly(ALL, ALL, ALL);
  }

  @Test
  void windows_qwen2_areThoseOfTheLayersThatSlide() {
    ObjectNode unused = qwen2WithWindow("false");
    assertThat(LlmConfig.of(ConfigFile.node(unused)).windows()).containsExactly(ALL, ALL, ALL);

    ObjectNode upper = ConfigFile.with(qwen2WithWindow("true"), "max_window_layers", "1");
    ObjectNode untyped = ConfigFile.with(upper, "layer_types", "");
    assertThat(LlmConfig.of(ConfigFile.node(untyped)).windows()).containsExactly(ALL, 8, 8);

    ObjectNode typed =
        ConfigFile.with(
            upper,
            "layer_types",
            "[\"sliding_attention\", \"full_attention\", \"sliding_attention\"]");
    assertThat(LlmConfig.of(ConfigFile.node(typed)).windows()).containsExactly(8, ALL, 8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[\"full_attention\"]", "[\"full_attention\", \"none\", \"none\"]"})
  void windows_badLayerTypes_areRefused(String types) {
    ObjectNode bad = ConfigFile.with(qwen2WithWindow("true"), "layer_types", types);
    assertThatThrownBy(() -> LlmConfig.of(ConfigFile.node(bad)))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("\"layer_types\"");
  }

  private static ObjectNode qwen2WithWindow(String used) {
    ObjectNode config = ConfigFile.of("qwen2", "llm_config");
    return ConfigFile.with(
        ConfigFile.with(config, "sliding_window", "8"), "use_sliding_window", used);
  }
}
