package io.sa2va.core.llm;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The families of language models that this library runs. They are one transformer; what tells them
 * apart is the names and the shapes of their weights, and what their configurations leave unsaid.
 */
public enum LlmArchitecture {
  QWEN2("Qwen2ForCausalLM") {
    @Override
    LlmWeights weights(LlmConfig config, Weights trunk, Weights head) {
      return new Qwen2Weights(config, trunk, head);
    }

    @Override
    List<Integer> windows(ConfigNode config, int layers) {
      return AttentionWindows.ofUpperLayers(config, layers);
    }
  },
  QWEN3("Qwen3ForCausalLM") {
    @Override
    LlmWeights weights(LlmConfig config, Weights trunk, Weights head) {
      return new Qwen3Weights(config, trunk, head);
    }

    @Override
    List<Integer> windows(ConfigNode config, int layers) {
      return AttentionWindows.ofUpperLayers(config, layers);
    }
  },
  LLAMA("LlamaForCausalLM") {
    @Override
    LlmWeights weights(LlmConfig config, Weights trunk, Weights head) {
      return new LlamaWeights(config, trunk, head);
    }
  },
  PHI3("Phi3ForCausalLM") {
    @Override
    LlmWeights weights(LlmConfig config, Weights trunk, Weights head) {
      return new Phi3Weights(config, trunk, head);
    }

    @Override
    List<Integer> windows(ConfigNode config, int layers) {
      return AttentionWindows.ofAllLayers(config, layers);
    }
  },
  INTERNLM2("InternLM2ForCausalLM") {
    @Override
    LlmWeights weights(LlmConfig config, Weights trunk, Weights head) {
      return new InternLm2Weights(config, trunk, head);
    }

    @Override
    String headName() {
      return "output";
    }

    @Override
    boolean attentionBias(ConfigNode config) {
      return config.flag("bias", true);
    }
  };

  private final String className;

  LlmArchitecture(String className) {
    this.className = className;
  }

  /**
   * Reads this family's parts.
   *
   * @param trunk where the token table, the layers and the last norm are: {@code model}
   * @param head where the head is: {@code lm_head} in most families
   */
  abstract LlmWeights weights(LlmConfig config, Weights trunk, Weights head);

  /** The name of the head in this family's checkpoints. */
  String headName() {
    return "lm_head";
  }

  /** For each layer, how many keys a query sees at most. */
  List<Integer> windows(ConfigNode config, int layers) {
    return AttentionWindows.unlimited(layers);
  }

  boolean attentionBias(ConfigNode config) {
    return config.flag("attention_bias", false);
  }

  /**
   * Reads a language model.
   *
   * @param weights at {@code language_model}
   */
  public static CausalLm load(LlmConfig config, Weights weights) {
    return load(config, weights.at("model"), weights.at(config.architecture().headName()));
  }

  /**
   * Reads a language model whose parts stand apart.
   *
   * @param trunk where the token table, the layers and the last norm are
   * @param head where the head is
   */
  public static CausalLm load(LlmConfig config, Weights trunk, Weights head) {
    LlmWeights parts =
        config.architecture().weights(config, trunk.quantizable(), head.quantizable());
    return new TransformerLm(config, parts, trunk, head.device());
  }

  static LlmArchitecture of(ConfigNode config) {
    List<String> names = config.texts("architectures");
    if (names.isEmpty()) {
      throw config.error("architectures", "a list with the language model's class");
    }
    String name = names.get(0);
    return Arrays.stream(values())
        .filter(architecture -> architecture.className.equals(name))
        .findFirst()
        .orElseThrow(() -> unsupported(config, name));
  }

  /** The name people know it by. */
  @Override
  public String toString() {
    return className.replace("ForCausalLM", "");
  }

  private static UnsupportedModelException unsupported(ConfigNode config, String name) {
    String known = Arrays.stream(values()).map(a -> a.className).collect(Collectors.joining(", "));
    return new UnsupportedModelException(
        config
            + ": the language model \""
            + name
            + "\" is not one of those this library runs: "
            + known);
  }
}
