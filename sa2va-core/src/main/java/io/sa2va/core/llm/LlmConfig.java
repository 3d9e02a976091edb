package io.sa2va.core.llm;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.torch.nn.Activation;
import java.util.List;

/**
 * The sizes of a language model: {@code llm_config} of config.json, or {@code text_config}.
 *
 * @param architecture the family: {@code architectures[0]}
 * @param hiddenSize width D
 * @param intermediateSize inner width of the MLP
 * @param layers decoder layers
 * @param heads query heads; a multiple of the key heads
 * @param keyValueHeads key and value heads
 * @param headWidth width of a head, which need not be D / heads
 * @param vocabSize rows of the token table
 * @param rmsNormEps added to the mean square in every normalisation
 * @param activation the MLP's nonlinearity
 * @param rope the frequencies of the rotary positions
 * @param axes which axis of a position turns which pair
 * @param hiddenStates where the hidden states are taken
 * @param contextLength {@code max_position_embeddings}
 * @param tieWordEmbeddings whether the token table is the head too
 * @param attentionBias whether the projections of attention have a bias, where the family leaves
 *     that open
 * @param mlpBias the same of the MLP
 * @param windows for each layer, how many keys a query sees at most
 */
public record LlmConfig(
    LlmArchitecture architecture,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headWidth,
    int vocabSize,
    double rmsNormEps,
    Activation activation,
    RotaryFrequencies rope,
    RotaryAxes axes,
    HiddenStates hiddenStates,
    int contextLength,
    boolean tieWordEmbeddings,
    boolean attentionBias,
    boolean mlpBias,
    List<Integer> windows) {
  private static final int MAX_LAYERS = 1 << 10;

  /**
   * Reads {@code llm_config}.
   *
   * @throws io.sa2va.error.ModelConfigException if a key is missing or out of range
   * @throws io.sa2va.error.UnsupportedModelException if the architecture or the scaling of its
   *     positions is not known
   */
  public static LlmConfig of(ConfigNode config) {
    return of(
        config,
        LlmArchitecture.of(config),
        RotaryAxes.single(),
        HiddenStates.AFTER_NORM,
        config.flag("tie_word_embeddings", false));
  }

  /** The same where the configuration leaves to its surroundings what else is given here. */
  public static LlmConfig of(
      ConfigNode config,
      LlmArchitecture architecture,
      RotaryAxes axes,
      HiddenStates hiddenStates,
      boolean tieWordEmbeddings) {
    int heads = config.integer("num_attention_heads", 1);
    int layers = layers(config);
    int headWidth = headWidth(config, heads);
    return new LlmConfig(
        architecture,
        config.integer("hidden_size", 1),
        config.integer("intermediate_size", 1),
        layers,
        heads,
        keyValueHeads(config, heads),
        headWidth,
        config.integer("vocab_size", 1),
        rmsNormEps(config),
        activation(config),
        RotaryFrequenciesReader.read(config, headWidth),
        axes,
        hiddenStates,
        config.integer("max_position_embeddings", 1),
        tieWordEmbeddings,
        architecture.attentionBias(config),
        config.flag("mlp_bias", false),
        architecture.windows(config, layers));
  }

  private static int layers(ConfigNode config) {
    int layers = config.integer("num_hidden_layers", 1);
    if (layers > MAX_LAYERS) {
      throw config.error("num_hidden_layers", "at most " + MAX_LAYERS);
    }
    return layers;
  }

  private static int headWidth(ConfigNode config, int heads) {
    int hiddenSize = config.integer("hidden_size", 1);
    if (!config.has("head_dim") && hiddenSize % heads != 0) {
      throw config.error("hidden_size", "a multiple of num_attention_heads, " + heads);
    }
    return config.integer("head_dim", 1, hiddenSize / heads);
  }

  private static int keyValueHeads(ConfigNode config, int heads) {
    int keyValueHeads = config.integer("num_key_value_heads", 1, heads);
    if (heads % keyValueHeads != 0) {
      throw config.error("num_key_value_heads", "a divisor of num_attention_heads, " + heads);
    }
    return keyValueHeads;
  }

  private static double rmsNormEps(ConfigNode config) {
    double eps = config.number("rms_norm_eps", 1e-6);
    if (eps <= 0) {
      throw config.error("rms_norm_eps", "above 0");
    }
    return eps;
  }

  private static Activation activation(ConfigNode config) {
    return Activation.named(config.text("hidden_act", "silu"))
        .orElseThrow(() -> config.error("hidden_act", Activation.NAMES));
  }
}
