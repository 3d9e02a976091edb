package io.sa2va.core.llm;

import io.sa2va.core.config.ConfigNode;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Reads how far back the attention of each layer sees: sliding windows. */
final class AttentionWindows {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private AttentionWindows() {}

  static List<Integer> unlimited(int layers) {
    return Collections.nCopies(layers, UNLIMITED);
  }

  /** Phi-3's: {@code sliding_window}, if there is one, is that of every layer. */
  static List<Integer> ofAllLayers(ConfigNode config, int layers) {
    return Collections.nCopies(layers, config.integer("sliding_window", 1, UNLIMITED));
  }

  /**
   * Qwen's: with {@code use_sliding_window}, the layers that {@code layer_types} says, or else
   * those from {@code max_window_layers} on.
   */
  static List<Integer> ofUpperLayers(ConfigNode config, int layers) {
    if (!config.flag("use_sliding_window", false)) {
      return unlimited(layers);
    }
    int window = config.integer("sliding_window", 1, UNLIMITED);
    if (config.has("layer_types")) {
      return ofTypes(config, layers, window);
    }
    int firstWindowed = config.integer("max_window_layers", 0, 28);
    return IntStream.range(0, layers)
        .mapToObj(i -> i >= firstWindowed ? window : UNLIMITED)
        .toList();
  }

  private static List<Integer> ofTypes(ConfigNode config, int layers, int window) {
    List<String> types = config.texts("layer_types");
    if (types.size() != layers) {
      throw config.error("layer_types", "one type for each of the " + layers + " layers");
    }
    return types.stream().map(type -> window(config, type, window)).toList();
  }

  private static int window(ConfigNode config, String type, int window) {
    return switch (type) {
      case "full_attention" -> UNLIMITED;
      case "sliding_attention" -> window;
      default -> throw config.error("layer_types", "full_attention or sliding_attention only");
    };
  }
}
