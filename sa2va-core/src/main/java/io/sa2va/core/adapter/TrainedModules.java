package io.sa2va.core.adapter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is trained in full beside adapters, each as one: projector, text_hidden_fcs, mask decoder.
 */
public final class TrainedModules {
  private static final Pattern NAME =
      Pattern.compile(
          "^(mlp1|text_hidden_fcs|grounding_encoder\\.sam2_model\\.sam_mask_decoder(_modified)?)"
              + "(?=\\.)");

  private TrainedModules() {}

  /** The one that a weight is of, by its name in a checkpoint. */
  public static Optional<String> of(String weight) {
    Matcher module = NAME.matcher(weight);
    return module.find() ? Optional.of(module.group()) : Optional.empty();
  }
}
