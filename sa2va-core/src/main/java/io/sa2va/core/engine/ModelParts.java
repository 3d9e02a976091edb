package io.sa2va.core.engine;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.family.Families;
import io.sa2va.core.family.Family;
import io.sa2va.core.project.SegProjector;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.Sam2Config;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.torch.weights.Weights;
import java.nio.file.Path;

/**
 * All parts of a Sa2VA model that have weights. Immutable and shared by threads.
 *
 * @param family vision tower and language model, with their tokenizer
 * @param projector from the hidden state of {@code [SEG]} to a prompt for SAM2
 * @param sam2 decodes and propagates masks
 */
public record ModelParts(Family family, SegProjector projector, Sam2 sam2) {
  /**
   * Takes the weights that a configuration asks for; whoever owns them must outlive the parts.
   *
   * @param families the one that the configuration describes
   * @param folder of the checkpoint
   * @param config its config.json
   * @param weights the checkpoint's root
   */
  public static ModelParts build(
      Families families, Path folder, ConfigNode config, Tokenizer tokenizer, Weights weights) {
    Sam2Config sam2Config = Sam2Config.read(config);
    Family family = families.build(folder, config, tokenizer, weights);
    SegProjector projector =
        new SegProjector(
            family.languageModel().hiddenSize(),
            sam2Config.hiddenDim(),
            weights.at("text_hidden_fcs"));
    Sam2 sam2 = new Sam2(sam2Config, weights.at("grounding_encoder.sam2_model"));
    return new ModelParts(family, projector, sam2);
  }
}
