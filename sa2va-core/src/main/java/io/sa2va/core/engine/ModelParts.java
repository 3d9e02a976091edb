package io.sa2va.core.engine;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.family.Families;
import io.sa2va.core.family.Networks;
import io.sa2va.core.project.SegProjector;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.Sam2Config;
import io.sa2va.torch.weights.Weights;

/**
 * All parts of a Sa2VA model that have weights. Immutable and shared by threads.
 *
 * @param networks vision tower and language model
 * @param projector from the hidden state of {@code [SEG]} to a prompt for SAM2
 * @param sam2 decodes and propagates masks
 */
public record ModelParts(Networks networks, SegProjector projector, Sam2 sam2) {
  /**
   * Takes the weights that a configuration asks for; whoever owns them must outlive the parts.
   *
   * @param families the one that the configuration describes
   * @param config config.json
   * @param weights the checkpoint's root
   */
  public static ModelParts build(Families families, ConfigNode config, Weights weights) {
    Sam2Config sam2Config = Sam2Config.read(config);
    Networks networks = families.networks(config, weights);
    SegProjector projector =
        new SegProjector(
            networks.languageModel().hiddenSize(),
            sam2Config.hiddenDim(),
            weights.at("text_hidden_fcs"));
    Sam2 sam2 = new Sam2(sam2Config, weights.at("grounding_encoder.sam2_model"));
    return new ModelParts(networks, projector, sam2);
  }
}
