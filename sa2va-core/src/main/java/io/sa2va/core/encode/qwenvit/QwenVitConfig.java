package io.sa2va.core.encode.qwenvit;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.torch.nn.Activation;

/**
 * The sizes that both vision transformers have: {@code vision_config} of config.json.
 *
 * @param depth transformer layers
 * @param hiddenSize width C
 * @param heads attention heads, whose width is a multiple of 4
 * @param intermediateSize inner width of the MLP
 * @param outHiddenSize width of the language model, D
 * @param patchSize side of a patch in pixels
 * @param temporalPatchSize frames in a patch
 * @param merge patches along a side of the square that becomes one token: {@code
 *     spatial_merge_size}
 * @param activation the MLP's nonlinearity
 */
public record QwenVitConfig(
    int depth,
    int hiddenSize,
    int heads,
    int intermediateSize,
    int outHiddenSize,
    int patchSize,
    int temporalPatchSize,
    int merge,
    Activation activation) {
  private static final int LARGEST_PATCH = 512;

  /**
   * Reads {@code vision_config}.
   *
   * @param outHiddenSize the language model's width
   * @throws io.sa2va.error.ModelConfigException if a key is missing or out of range
   */
  static QwenVitConfig of(ConfigNode config, int outHiddenSize) {
    if (config.integer("in_channels", 1, 3) != 3) {
      throw config.error("in_channels", "3");
    }
    if (config.integer("out_hidden_size", 1) != outHiddenSize) {
      throw config.error("out_hidden_size", "text_config's hidden_size, " + outHiddenSize);
    }
    int hiddenSize = config.integer("hidden_size", 1);
    int heads = config.integer("num_heads", 1);
    if (hiddenSize % (4L * heads) != 0) {
      throw config.error("hidden_size", "a multiple of four times num_heads, " + heads);
    }
    return new QwenVitConfig(
        config.integer("depth", 1),
        hiddenSize,
        heads,
        config.integer("intermediate_size", 1),
        outHiddenSize,
        patchPart(config, "patch_size"),
        patchPart(config, "temporal_patch_size"),
        patchPart(config, "spatial_merge_size"),
        activation(config));
  }

  private static int patchPart(ConfigNode config, String key) {
    int value = config.integer(key, 1);
    if (value > LARGEST_PATCH) {
      throw config.error(key, "at most " + LARGEST_PATCH);
    }
    return value;
  }

  private static Activation activation(ConfigNode config) {
    return Activation.named(config.text("hidden_act"))
        .orElseThrow(() -> config.error("hidden_act", Activation.NAMES));
  }

  int headWidth() {
    return hiddenSize / heads;
  }

  /** Width of the patches of a cell beside each other. */
  long mergedSize() {
    return (long) hiddenSize * merge * merge;
  }

  /** Values of a patch. */
  long patchLength() {
    return 3L * temporalPatchSize * patchSize * patchSize;
  }
}
