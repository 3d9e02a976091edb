package io.sa2va.core.family;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.encode.VisionEncoder;
import io.sa2va.core.encode.VisionEncoderConfig;
import io.sa2va.core.family.internvl.InternVlFamily;
import io.sa2va.core.family.qwenvl.QwenVlCheckpoint;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.LlmArchitecture;
import io.sa2va.core.llm.LlmConfig;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.weights.Weights;
import java.nio.file.Path;

/** The families that a config.json can describe. */
public enum Families {
  /** {@code vision_config} + {@code llm_config}: InternViT with one of several language models. */
  INTERNVL {
    @Override
    public Family build(Path folder, ConfigNode config, Tokenizer tokenizer, Weights weights) {
      LlmConfig llm = LlmConfig.of(config.object("llm_config"));
      VisionEncoder vision = new VisionEncoder(VisionEncoderConfig.of(config), weights);
      CausalLm languageModel = LlmArchitecture.load(llm, weights.at("language_model"));
      return new InternVlFamily(
          "InternVL + " + llm.architecture(),
          tokenizer,
          ChatTemplate.named(config.text("template")),
          vision,
          languageModel);
    }
  },
  /** {@code vision_config} + {@code text_config}, with windows in the vision tower. */
  QWEN2_5_VL {
    @Override
    public Family build(Path folder, ConfigNode config, Tokenizer tokenizer, Weights weights) {
      return new QwenVlCheckpoint(folder, config, tokenizer, weights).qwen25();
    }
  },
  /** {@code vision_config} + {@code text_config}, with deepstack. */
  QWEN3_VL {
    @Override
    public Family build(Path folder, ConfigNode config, Tokenizer tokenizer, Weights weights) {
      return new QwenVlCheckpoint(folder, config, tokenizer, weights).qwen3();
    }
  };

  /**
   * Takes this family's weights from a checkpoint.
   *
   * @param folder of the checkpoint
   * @param config its config.json
   * @param weights its root
   */
  public abstract Family build(
      Path folder, ConfigNode config, Tokenizer tokenizer, Weights weights);

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
