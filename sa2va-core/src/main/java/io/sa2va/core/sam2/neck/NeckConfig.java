package io.sa2va.core.sam2.neck;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.sam2.hiera.HieraConfig;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sizes of the feature pyramid.
 *
 * @param trunkWidths channels of the trunk's stages, coarsest first, as in {@code
 *     backbone_channel_list}
 * @param topDownLevels levels to which the next coarser one is added; 0 is the finest
 */
public record NeckConfig(List<Integer> trunkWidths, List<Integer> topDownLevels) {
  public NeckConfig {
    trunkWidths = List.copyOf(trunkWidths);
    topDownLevels = List.copyOf(topDownLevels);
  }

  /** The pyramid that SAM2 puts on any trunk. */
  public static NeckConfig of(HieraConfig trunk) {
    return new NeckConfig(widths(trunk), List.of(2, 3));
  }

  /**
   * Reads the {@code neck} object.
   *
   * @throws io.sa2va.error.ModelConfigException naming the key that is missing or does not fit the
   *     trunk
   */
  public static NeckConfig read(ConfigNode node, HieraConfig trunk) {
    NeckConfig config =
        new NeckConfig(
            node.integers("backbone_channel_list", 1), node.integers("fpn_top_down_levels", 0));
    if (!config.trunkWidths().equals(widths(trunk))) {
      throw node.error("backbone_channel_list", widths(trunk) + ", the widths of the trunk");
    }
    if (config.topDownLevels().stream().anyMatch(level -> level >= HieraConfig.STAGES)) {
      throw node.error("fpn_top_down_levels", "levels below " + HieraConfig.STAGES);
    }
    return config;
  }

  private static List<Integer> widths(HieraConfig trunk) {
    int last = HieraConfig.STAGES - 1;
    return IntStream.rangeClosed(0, last).mapToObj(i -> trunk.width(last - i)).toList();
  }
}
