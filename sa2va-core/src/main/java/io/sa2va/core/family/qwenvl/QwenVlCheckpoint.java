package io.sa2va.core.family.qwenvl;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.encode.qwenvit.Qwen25Vit;
import io.sa2va.core.encode.qwenvit.Qwen25VitConfig;
import io.sa2va.core.encode.qwenvit.Qwen3Vit;
import io.sa2va.core.encode.qwenvit.Qwen3VitConfig;
import io.sa2va.core.encode.qwenvit.QwenVit;
import io.sa2va.core.family.Family;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.HiddenStates;
import io.sa2va.core.llm.LlmArchitecture;
import io.sa2va.core.llm.LlmConfig;
import io.sa2va.core.llm.RotaryAxes;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.torch.weights.Weights;
import java.nio.file.Path;
import java.util.List;

/** Reads a Qwen-VL checkpoint into its family. */
public final class QwenVlCheckpoint {
  private static final int AXES = 3;

  private final Path folder;
  private final ConfigNode config;
  private final ConfigNode text;
  private final Tokenizer tokenizer;
  private final WeightLayout weights;

  /**
   * For one checkpoint.
   *
   * @param folder of the checkpoint, which holds more than its config.json
   * @param weights the checkpoint's root
   */
  public QwenVlCheckpoint(Path folder, ConfigNode config, Tokenizer tokenizer, Weights weights) {
    this.folder = folder;
    this.config = config;
    this.text = config.object("text_config");
    this.tokenizer = tokenizer;
    this.weights = WeightLayout.of(weights);
  }

  /**
   * Reads it as Qwen2.5-VL.
   *
   * @throws io.sa2va.error.ModelConfigException if a configuration file is missing or not sound
   * @throws io.sa2va.error.UnsupportedModelException if it asks for what this library cannot do
   */
  public Family qwen25() {
    LlmConfig llm =
        llm(LlmArchitecture.QWEN2, RotaryAxes.blocks(sections()), HiddenStates.AFTER_NORM);
    Qwen25VitConfig vit = Qwen25VitConfig.of(config.object("vision_config"), llm.hiddenSize());
    return family("Qwen2.5-VL", new Qwen25Vit(vit, weights.visual()), llm);
  }

  /**
   * Reads it as Qwen3-VL.
   *
   * @throws io.sa2va.error.ModelConfigException if a configuration file is missing or not sound
   * @throws io.sa2va.error.UnsupportedModelException if it asks for what this library cannot do
   */
  public Family qwen3() {
    LlmConfig llm =
        llm(LlmArchitecture.QWEN3, RotaryAxes.interleaved(sections()), HiddenStates.BEFORE_NORM);
    ConfigNode vision = config.object("vision_config");
    Qwen3VitConfig vit = Qwen3VitConfig.of(vision, llm.hiddenSize());
    if (vit.deepstackLayers().size() > llm.layers()) {
      throw vision.error(
          "deepstack_visual_indexes", "no longer than text_config's layers, " + llm.layers());
    }
    return family("Qwen3-VL", new Qwen3Vit(vit, weights.visual()), llm);
  }

  private Family family(String name, QwenVit vision, LlmConfig llm) {
    CausalLm languageModel = LlmArchitecture.load(llm, weights.trunk(), weights.head());
    return new QwenVlFamily(
        name,
        tokenizer,
        QwenChatTemplate.read(folder),
        ImageProcessor.read(folder, config, vision.config()),
        vision,
        languageModel);
  }

  private LlmConfig llm(LlmArchitecture architecture, RotaryAxes axes, HiddenStates states) {
    text.number("rope_theta");
    LlmConfig llm = LlmConfig.of(text, architecture, axes, states, tiesEmbeddings());
    int pairs = sections().stream().mapToInt(Integer::intValue).sum();
    if (2 * pairs != llm.headWidth()) {
      throw text.object("rope_scaling")
          .error("mrope_section", "three numbers that add up to half of " + llm.headWidth());
    }
    return llm;
  }

  private List<Integer> sections() {
    ConfigNode scaling = text.object("rope_scaling");
    List<Integer> sections = scaling.integers("mrope_section", 0);
    if (sections.size() != AXES) {
      throw scaling.error("mrope_section", "three numbers");
    }
    return sections;
  }

  /** Checkpoints of older transformers say it of the whole model, and then have no head. */
  private boolean tiesEmbeddings() {
    String key = "tie_word_embeddings";
    return text.flag(key, false) || (config.flag(key, false) && !weights.head().has("weight"));
  }
}
