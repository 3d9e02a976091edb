package io.sa2va.core.family;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.encode.VisionEncoder;
import io.sa2va.core.encode.VisionEncoderConfig;
import io.sa2va.core.family.internvl.InternVlFamily;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.LlmArchitecture;
import io.sa2va.core.llm.LlmConfig;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.weights.Weights;

/** The families that a config.json can describe. */
public enum Families {
  /** {@code vision_config} + {@code llm_config}: InternViT with one of several language models. */
  INTERNVL {
    @Override
    public Family build(ConfigNode config, Tokenizer tokenizer, Weights weights) {
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
  };

  /** Takes this family's weights from a checkpoint. */
  public abstract Family build(ConfigNode config, Tokenizer tokenizer, Weights weights);

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
    return INTERNVL;
  }
}
