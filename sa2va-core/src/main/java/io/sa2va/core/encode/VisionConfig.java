package io.sa2va.core.encode;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.torch.nn.Activation;

/**
 * The sizes of InternViT: {@code vision_config} of config.json. Absent keys take the values of
 * configuration_intern_vit.py.
 *
 * @param hiddenSize width D; a multiple of the number of heads
 * @param heads attention heads
 * @param layers transformer layers
 * @param intermediateSize inner width of the MLP
 * @param imageSize side in pixels of the pictures that the position embeddings are for
 * @param patchSize side in pixels of a patch
 * @param norm the normalisation before attention and MLP
 * @param qkNormalization whether queries and keys are normalised over the whole width
 * @param qkvBias whether the query, key and value projections have a bias
 * @param layerNormEps added to the variance in every normalisation
 * @param activation the MLP's nonlinearity
 */
public record VisionConfig(
    int hiddenSize,
    int heads,
    int layers,
    int intermediateSize,
    int imageSize,
    int patchSize,
    NormType norm,
    boolean qkNormalization,
    boolean qkvBias,
    double layerNormEps,
    Activation activation) {
  private static final int MAX_LAYERS = 1 << 10;

  /**
   * Reads {@code vision_config}.
   *
   * @throws io.sa2va.error.ModelConfigException if a key is missing or out of range
   */
  public static VisionConfig of(ConfigNode config) {
    int hiddenSize = config.integer("hidden_size", 1);
    int heads = config.integer("num_attention_heads", 1);
    if (hiddenSize % heads != 0) {
      throw config.error("hidden_size", "a multiple of num_attention_heads, " + heads);
    }
    int patchSize = config.integer("patch_size", 1, 14);
    if (config.integer("image_size", 1) % patchSize != 0) {
      throw config.error("image_size", "a multiple of patch_size, " + patchSize);
    }
    if (config.integer("num_channels", 1, 3) != 3) {
      throw config.error("num_channels", "3");
    }
    return new VisionConfig(
        hiddenSize,
        heads,
        layers(config),
        config.integer("intermediate_size", 1),
        config.integer("image_size", 1),
        patchSize,
        NormType.of(config),
        config.flag("qk_normalization", true),
        config.flag("qkv_bias", false),
        layerNormEps(config),
        activation(config));
  }

  private static int layers(ConfigNode config) {
    int layers = config.integer("num_hidden_layers", 1);
    if (layers > MAX_LAYERS) {
      throw config.error("num_hidden_layers", "at most " + MAX_LAYERS);
    }
    return layers;
  }

  private static double layerNormEps(ConfigNode config) {
    double eps = config.number("layer_norm_eps", 1e-6);
    if (eps <= 0) {
      throw config.error("layer_norm_eps", "above 0");
    }
    return eps;
  }

  private static Activation activation(ConfigNode config) {
    return Activation.named(config.text("hidden_act", "gelu"))
        .orElseThrow(() -> config.error("hidden_act", Activation.NAMES));
  }

  /** Patches along a side of a picture of {@link #imageSize}. */
  public int grid() {
    return imageSize / patchSize;
  }

  public int headWidth() {
    return hiddenSize / heads;
  }
}
