package io.sa2va.core.family;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.family.internvl.InternVlNetworks;
import io.sa2va.core.family.qwenvl.QwenVlNetworks;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.weights.Weights;

/** The families that a config.json can describe. */
public enum Families {
  /** {@code vision_config} + {@code llm_config}: InternViT with one of several language models. */
  INTERNVL {
    @Override
    public Networks networks(ConfigNode config, Weights weights) {
      return InternVlNetworks.of(config, weights);
    }
  },
  /** {@code vision_config} + {@code text_config}, with windows in the vision tower. */
  QWEN2_5_VL {
    @Override
    public Networks networks(ConfigNode config, Weights weights) {
      return QwenVlNetworks.qwen25(config, weights);
    }
  },
  /** {@code vision_config} + {@code text_config}, with deepstack. */
  QWEN3_VL {
    @Override
    public Networks networks(ConfigNode config, Weights weights) {
      return QwenVlNetworks.qwen3(config, weights);
    }
  };

  /**
   * Takes this family's weights from a checkpoint.
   *
   * @param config the checkpoint's config.json
   * @param weights its root
   * @throws io.sa2va.error.ModelConfigException if a key is missing or out of range
   * @throws UnsupportedModelException if it asks for what this library cannot do
   */
  public abstract Networks networks(ConfigNode config, Weights weights);

  /**
   * The family of a configuration.
   *
   * @throws UnsupportedModelException if it is none that is known
   */
  public static Families of(ConfigNode config) {
    String type = config.text("model_type");
    if (!type.equals("sa2va_chat")) {
      throw new UnsupportedModelException(
          config
              + ": \"model_type\" is \""
              + type
              + "\", but only \"sa2va_chat\" checkpoints load");
    }
    return config.hasObject("text_config") ? ofQwen(config) : INTERNVL;
  }

  private static Families ofQwen(ConfigNode config) {
    ConfigNode vision = config.object("vision_config");
    if (vision.has("deepstack_visual_indexes")) {
      return QWEN3_VL;
    }
    if (vision.has("fullatt_block_indexes")) {
      return QWEN2_5_VL;
    }
    throw new UnsupportedModelException(
        vision
            + ": neither Qwen2.5-VL's vision tower, which has \"fullatt_block_indexes\", nor"
            + " Qwen3-VL's, which has \"deepstack_visual_indexes\"; other towers do not load");
  }
}
