package io.sa2va.core.train;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which linear maps get a {@link LoraAdapter}, and what size.
 *
 * @param rank inner width r of an adapter, at least 1
 * @param alpha an adapter's result is multiplied by alpha / r
 * @param dropout the chance of each input of an adapter to be left out in training, 0 to below 1
 * @param targets by the map's name, such as {@code language_model.model.layers.0.mlp.up_proj}
 */
public record LoraConfig(int rank, double alpha, double dropout, Predicate<String> targets) {
  private static final Predicate<String> LAYERS =
      Pattern.compile("^(language_model|model\\.model)\\.(.*\\.)?layers\\.").asPredicate();

  public LoraConfig {
    if (rank < 1 || alpha <= 0 || dropout < 0 || dropout >= 1) {
      throw new IllegalArgumentException(
          "the rank must be at least 1, alpha above 0 and dropout from 0 to below 1, but were "
              + rank
              + ", "
              + alpha
              + " and "
              + dropout);
    }
  }

  /** The reference's: rank 128, alpha 256, dropout 0.05, on all linear maps of the layers. */
  public static LoraConfig reference() {
    return new LoraConfig(128, 256, 0.05, LoraConfig::isInLanguageModel);
  }

  /** Whether a linear map is in one of the language model's layers. */
  public static boolean isInLanguageModel(String name) {
    return LAYERS.test(name);
  }

  double scale() {
    return alpha / rank;
  }
}
