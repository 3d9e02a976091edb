package io.sa2va.core.family.qwenvl;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.encode.qwenvit.Qwen25Vit;
import io.sa2va.core.encode.qwenvit.Qwen25VitConfig;
import io.sa2va.core.encode.qwenvit.Qwen3Vit;
import io.sa2va.core.encode.qwenvit.Qwen3VitConfig;
import io.sa2va.core.encode.qwenvit.QwenVit;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.Networks;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.HiddenStates;
import io.sa2va.core.llm.LlmArchitecture;
import io.sa2va.core.llm.LlmConfig;
import io.sa2va.core.llm.RotaryAxes;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.torch.weights.Weights;
import java.nio.file.Path;

/**
 * A Qwen-VL vision transformer and its language model.
 *
 * @param name people know the family by
 * @param config config.json, which has the bounds of a picture
 */
public record QwenVlNetworks(String name, ConfigNode config, QwenVit vision, CausalLm languageModel)
    implements Networks {
  /**
   * Takes Qwen2.5-VL's weights.
   *
   * @param weights the checkpoint's root
   */
  public static QwenVlNetworks qwen25(ConfigNode config, Weights weights) {
    WeightLayout layout = WeightLayout.of(weights);
    MropeSection section = MropeSection.of(config.object("text_config"));
    LlmConfig llm =
        section.requireFills(
            llm(config, layout, LlmArchitecture.QWEN2, section.blocks(), HiddenStates.AFTER_NORM));
    Qwen25VitConfig vit = Qwen25VitConfig.of(config.object("vision_config"), llm.hiddenSize());
    return new QwenVlNetworks(
        "Qwen2.5-VL",
        config,
        new Qwen25Vit(vit, layout.visual()),
        LlmArchitecture.load(llm, layout.trunk(), layout.head()));
  }

  /**
   * Takes Qwen3-VL's weights.
   *
   * @param weights the checkpoint's root
   */
  public static QwenVlNetworks qwen3(ConfigNode config, Weights weights) {
    WeightLayout layout = WeightLayout.of(weights);
    MropeSection section = MropeSection.of(config.object("text_config"));
    LlmConfig llm =
        section.requireFills(
            llm(
                config,
                layout,
                LlmArchitecture.QWEN3,
                section.interleaved(),
                HiddenStates.BEFORE_NORM));
    ConfigNode vision = config.object("vision_config");
    Qwen3VitConfig vit = Qwen3VitConfig.of(vision, llm.hiddenSize());
    if (vit.deepstackLayers().size() > llm.layers()) {
      throw vision.error(
          "deepstack_visual_indexes", "no longer than text_config's layers, " + llm.layers());
    }
    return new QwenVlNetworks(
        "Qwen3-VL",
        config,
        new Qwen3Vit(vit, layout.visual()),
        LlmArchitecture.load(llm, layout.trunk(), layout.head()));
  }

  private static LlmConfig llm(
      ConfigNode config,
      WeightLayout layout,
      LlmArchitecture architecture,
      RotaryAxes axes,
      HiddenStates states) {
    ConfigNode text = config.object("text_config");
    text.number("rope_theta"); // its absence means another base than elsewhere
    return LlmConfig.of(text, architecture, axes, states, tiesEmbeddings(config, layout));
  }

  /** Checkpoints of older transformers say it of the whole model, and then have no head. */
  private static boolean tiesEmbeddings(ConfigNode config, WeightLayout layout) {
    String key = "tie_word_embeddings";
    return config.object("text_config").flag(key, false)
        || (config.flag(key, false) && !layout.head().has("weight"));
  }

  @Override
  public Family family(Path folder, Tokenizer tokenizer) {
    return new QwenVlFamily(
        name,
        tokenizer,
        QwenChatTemplate.read(folder),
        ImageProcessor.read(folder, config, vision.config()),
        vision,
        languageModel);
  }
}
