package io.sa2va.core.encode.qwenvit;

import io.sa2va.core.config.ConfigNode;
import java.util.List;

/**
 * Qwen3-VL's {@code vision_config}.
 *
 * @param common what both towers have
 * @param positionGrid side of the square of position embeddings, whose area is {@code
 *     num_position_embeddings}
 * @param deepstackLayers after which layers features are taken for the language model's first
 *     layers, ascending: {@code deepstack_visual_indexes}
 */
public record Qwen3VitConfig(
    QwenVitConfig common, int positionGrid, List<Integer> deepstackLayers) {
  public Qwen3VitConfig {
    deepstackLayers = List.copyOf(deepstackLayers);
  }

  /**
   * Reads {@code vision_config}.
   *
   * @param outHiddenSize the language model's width
   * @throws io.sa2va.error.ModelConfigException if a key is missing or out of range
   */
  public static Qwen3VitConfig of(ConfigNode config, int outHiddenSize) {
    QwenVitConfig common = QwenVitConfig.of(config, outHiddenSize);
    int positions = config.integer("num_position_embeddings", 1);
    int side = (int) Math.sqrt(positions);
    if (side * side != positions) {
      throw config.error("num_position_embeddings", "the square of a whole number");
    }
    return new Qwen3VitConfig(common, side, deepstackLayers(config, common.depth()));
  }

  private static List<Integer> deepstackLayers(ConfigNode config, int depth) {
    List<Integer> layers = config.integers("deepstack_visual_indexes", 0);
    int previous = -1;
    for (int layer : layers) {
      if (layer <= previous || layer >= depth) {
        throw config.error("deepstack_visual_indexes", "ascending numbers below " + depth);
      }
      previous = layer;
    }
    return layers;
  }
}
