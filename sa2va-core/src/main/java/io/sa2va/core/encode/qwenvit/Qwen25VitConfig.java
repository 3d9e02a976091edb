package io.sa2va.core.encode.qwenvit;

import io.sa2va.core.config.ConfigNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Qwen2.5-VL's {@code vision_config}.
 *
 * @param common what both towers have
 * @param windowCells cells along a side of an attention window: {@code window_size}, in pixels,
 *     over the side of a cell
 * @param fullAttentionLayers where every patch sees every other: {@code fullatt_block_indexes}
 */
public record Qwen25VitConfig(
    QwenVitConfig common, int windowCells, Set<Integer> fullAttentionLayers) {
  public Qwen25VitConfig {
    fullAttentionLayers = Set.copyOf(fullAttentionLayers);
  }

  /**
   * Reads {@code vision_config}.
   *
   * @param outHiddenSize the language model's width
   * @throws io.sa2va.error.ModelConfigException if a key is missing or out of range
   */
  public static Qwen25VitConfig of(ConfigNode config, int outHiddenSize) {
    QwenVitConfig common = QwenVitConfig.of(config, outHiddenSize);
    int cell = common.patchSize() * common.merge();
    int windowCells = config.integer("window_size", 1) / cell;
    if (windowCells < 1) {
      throw config.error("window_size", "at least patch_size * spatial_merge_size, " + cell);
    }
    Set<Integer> full = new HashSet<>(config.integers("fullatt_block_indexes", 0));
    if (full.stream().anyMatch(layer -> layer >= common.depth())) {
      throw config.error("fullatt_block_indexes", "a list of numbers below " + common.depth());
    }
    return new Qwen25VitConfig(common, windowCells, full);
  }
}
