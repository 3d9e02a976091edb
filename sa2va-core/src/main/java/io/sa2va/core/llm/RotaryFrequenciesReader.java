package io.sa2va.core.llm;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.error.UnsupportedModelException;

/** Reads {@code rope_theta}, {@code partial_rotary_factor} and {@code rope_scaling}. */
final class RotaryFrequenciesReader {
  private RotaryFrequenciesReader() {}

  /**
   * The frequencies that a configuration asks for.
   *
   * @param headWidth width of a head
   */
  static RotaryFrequencies read(ConfigNode config, int headWidth) {
    PlainFrequencies plain = new PlainFrequencies(theta(config), rotatedWidth(config, headWidth));
    if (!config.has("rope_scaling")) {
      return plain;
    }
    ConfigNode scaling = config.object("rope_scaling");
    String type = scaling.text("rope_type", scaling.text("type", "default"));
    return switch (type) {
      case "default" -> plain;
      default ->
          throw new UnsupportedModelException(
              scaling
                  + ": the scaling \""
                  + type
                  + "\" of rotary positions is not one of those this library knows: default");
    };
  }

  private static double theta(ConfigNode config) {
    double theta = config.number("rope_theta", 10000);
    if (theta <= 1) {
      throw config.error("rope_theta", "above 1");
    }
    return theta;
  }

  private static int rotatedWidth(ConfigNode config, int headWidth) {
    double share = config.number("partial_rotary_factor", 1);
    int width = (int) (headWidth * share);
    if (width < 2 || width > headWidth || width % 2 != 0) {
      throw config.error(
          "partial_rotary_factor",
          "a share of head_dim, " + headWidth + ", that is an even number of values");
    }
    return width;
  }
}
