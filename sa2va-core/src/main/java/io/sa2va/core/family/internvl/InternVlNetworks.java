package io.sa2va.core.family.internvl;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.encode.VisionEncoder;
import io.sa2va.core.encode.VisionEncoderConfig;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.Networks;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.LlmArchitecture;
import io.sa2va.core.llm.LlmConfig;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.torch.weights.Weights;
import java.nio.file.Path;

/**
 * InternViT and one of several language models.
 *
 * @param name people know the family by
 * @param template how turns are written
 */
public record InternVlNetworks(
    String name, ChatTemplate template, VisionEncoder vision, CausalLm languageModel)
    implements Networks {
  /**
   * Takes the weights that a configuration asks for.
   *
   * @param weights the checkpoint's root
   */
  public static InternVlNetworks of(ConfigNode config, Weights weights) {
    LlmConfig llm = LlmConfig.of(config.object("llm_config"));
    return new InternVlNetworks(
        "InternVL + " + llm.architecture(),
        ChatTemplate.named(config.text("template")),
        new VisionEncoder(VisionEncoderConfig.of(config), weights),
        LlmArchitecture.load(llm, weights.at("language_model")));
  }

  @Override
  public Family family(Path folder, Tokenizer tokenizer) {
    return new InternVlFamily(name, tokenizer, template, vision, languageModel);
  }
}
