package io.sa2va.core.engine;

import io.sa2va.Quantization;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.quant.QuantizationMethod;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * With how many bits a language model's weights are kept: as the checkpoint has them, or as the
 * caller asks. A checkpoint says it in {@code quantization_config} of config.json.
 */
public final class QuantizationChoice {
  static final String CONFIG = "quantization_config";
  static final String METHOD = "quant_method";
  static final String OWN_METHOD = "sa2va";
  static final String NAME = "quantization";

  private static final int SMALL_GROUP = 32;
  private static final int LARGE_GROUP = 128;

  private QuantizationChoice() {}

  /**
   * What the weights are to become.
   *
   * @throws UnsupportedModelException if they were rounded in another way before
   */
  static Quantization choose(Quantization asked, ConfigNode config) {
    Quantization stored = stored(config);
    if (stored == Quantization.NONE || asked == Quantization.NONE || asked == stored) {
      return stored == Quantization.NONE ? asked : stored;
    }
    throw new UnsupportedModelException(
        config
            + ": the weights are "
            + stored
            + " already, and cannot become "
            + asked
            + "; load the original checkpoint, or leave out the quantization");
  }

  /** How a checkpoint's own weights are kept. */
  static Quantization stored(ConfigNode config) {
    if (!config.hasObject(CONFIG)) {
      return Quantization.NONE;
    }
    ConfigNode node = config.object(CONFIG);
    String method = node.text(METHOD);
    if (!method.equals(OWN_METHOD)) {
      throw new UnsupportedModelException(
          node
              + ": weights of the quantization method \""
              + method
              + "\" are not read; load the original checkpoint");
    }
    try {
      return Quantization.parse(node.text(NAME));
    } catch (IllegalArgumentException e) {
      throw node.error(NAME, "int8, int4 or int4-g128");
    }
  }

  /**
   * Refuses adapters for weights that are rounded already.
   *
   * @throws UnsupportedModelException saying what to load instead
   */
  static void requireAdaptable(ConfigNode config, List<Path> adapters) {
    Quantization stored = stored(config);
    if (stored != Quantization.NONE && !adapters.isEmpty()) {
      throw new UnsupportedModelException(
          config
              + ": an adapter cannot change weights that are "
              + stored
              + "; load the original checkpoint with quantization "
              + stored);
    }
  }

  /** The way of rounding, if any. */
  public static Optional<QuantizationMethod> method(Quantization quantization) {
    return switch (quantization) {
      case NONE -> Optional.empty();
      case INT8 -> Optional.of(QuantizationMethod.int8());
      case INT4 -> Optional.of(QuantizationMethod.int4(SMALL_GROUP));
      case INT4_G128 -> Optional.of(QuantizationMethod.int4(LARGE_GROUP));
    };
  }
}
