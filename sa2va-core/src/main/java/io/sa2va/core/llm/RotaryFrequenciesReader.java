package io.sa2va.core.llm;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.error.UnsupportedModelException;
import java.util.List;

/** Reads {@code rope_theta}, {@code partial_rotary_factor} and {@code rope_scaling}. */
final class RotaryFrequenciesReader {
  private static final String ORIGINAL_CONTEXT = "original_max_position_embeddings";

  private final ConfigNode config;
  private final ConfigNode scaling;
  private final PlainFrequencies plain;

  private RotaryFrequenciesReader(ConfigNode config, PlainFrequencies plain) {
    this.config = config;
    this.scaling = config.object("rope_scaling");
    this.plain = plain;
  }

  /**
   * The frequencies that a configuration asks for.
   *
   * @param headWidth width of a head
   */
  static RotaryFrequencies read(ConfigNode config, int headWidth) {
    PlainFrequencies plain = new PlainFrequencies(theta(config), rotatedWidth(config, headWidth));
    return config.has("rope_scaling") ? new RotaryFrequenciesReader(config, plain).scaled() : plain;
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
    if (width < 4 || width > headWidth || width % 2 != 0) {
      throw config.error(
          "partial_rotary_factor",
          "a share of a head's " + headWidth + " values that is an even number of at least 4");
    }
    return width;
  }

  private RotaryFrequencies scaled() {
    String type = scaling.text("rope_type", scaling.text("type", "default"));
    return switch (type) {
      // Several axes share the plain frequencies; which pair follows which is the model's business.
      case "default", "mrope" -> plain;
      case "linear" -> new LinearFrequencies(plain, factor());
      case "dynamic" -> new DynamicNtkFrequencies(plain, factor(), context());
      case "longrope", "su" -> longRope();
      case "llama3" -> llama3();
      case "yarn" -> yarn();
      default ->
          throw new UnsupportedModelException(
              scaling
                  + ": the scaling \""
                  + type
                  + "\" of rotary positions is not one of those this library knows: default,"
                  + " linear, dynamic, longrope, su, llama3, yarn");
    };
  }

  private LongRopeFrequencies longRope() {
    int original = config.integer(ORIGINAL_CONTEXT, 2, context());
    return new LongRopeFrequencies(
        plain,
        pairFactors("short_factor"),
        pairFactors("long_factor"),
        original,
        positive("attention_factor", LongRopeFrequencies.scale(context(), original)));
  }

  private Llama3Frequencies llama3() {
    double low = positive("low_freq_factor", 1);
    double high = positive("high_freq_factor", 4);
    if (high <= low) {
      throw scaling.error("high_freq_factor", "above low_freq_factor, " + low);
    }
    return new Llama3Frequencies(plain, factor(), low, high, scaling.integer(ORIGINAL_CONTEXT, 1));
  }

  private YarnFrequencies yarn() {
    double fast = positive("beta_fast", 32);
    double slow = positive("beta_slow", 1);
    if (fast < slow) {
      throw scaling.error("beta_fast", "at least beta_slow, " + slow);
    }
    return new YarnFrequencies(
        plain,
        factor(),
        scaling.integer(ORIGINAL_CONTEXT, 1, context()),
        fast,
        slow,
        positive("attention_factor", YarnFrequencies.scale(factor())));
  }

  private int context() {
    return config.integer("max_position_embeddings", 2);
  }

  private double factor() {
    double factor = scaling.number("factor");
    if (factor < 1) {
      throw scaling.error("factor", "at least 1");
    }
    return factor;
  }

  private double positive(String key, double absent) {
    double value = scaling.number(key, absent);
    if (value <= 0) {
      throw scaling.error(key, "above 0");
    }
    return value;
  }

  private List<Double> pairFactors(String key) {
    List<Double> factors = scaling.numbers(key);
    int pairs = plain.width() / 2;
    if (factors.size() != pairs || factors.stream().anyMatch(factor -> factor <= 0)) {
      throw scaling.error(key, "a list of " + pairs + " numbers above 0");
    }
    return factors;
  }
}
