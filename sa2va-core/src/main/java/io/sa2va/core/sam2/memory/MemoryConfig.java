package io.sa2va.core.sam2.memory;

import io.sa2va.core.config.ConfigNode;

/**
 * Sizes of the memory, under the names of SAM2's configuration.
 *
 * @param width channels of a memory ({@code mem_dim}), a divisor of SAM2's own width
 * @param frames frames with their own place in time ({@code num_maskmem}): the conditioning ones
 *     share one, the others are the frames just before
 * @param maxPointers most object pointers of other frames that are read at once ({@code
 *     max_obj_ptrs_in_encoder})
 * @param attentionLayers layers of memory attention
 * @param feedForward inner width of their feed-forward
 * @param ropeTheta base of their rotary positions
 * @param fuserLayers ConvNeXt blocks of the memory encoder
 */
public record MemoryConfig(
    int width,
    int frames,
    int maxPointers,
    int attentionLayers,
    int feedForward,
    double ropeTheta,
    int fuserLayers) {
  private static final int MAX_WIDTH = 1 << 14;
  private static final int MAX_COUNT = 1 << 10;

  /** That of every published SAM2. */
  public static MemoryConfig standard() {
    return new MemoryConfig(64, 7, 16, 4, 2048, 10000, 2);
  }

  /**
   * Reads the grounding encoder's object.
   *
   * @param modelWidth SAM2's own width
   * @throws io.sa2va.error.ModelConfigException naming the key that is missing or out of range
   */
  public static MemoryConfig read(ConfigNode node, int modelWidth) {
    ConfigNode attention = node.object("memory_attention");
    ConfigNode encoder = node.object("memory_encoder");
    MemoryConfig config =
        new MemoryConfig(
            node.integer("mem_dim", 1),
            node.integer("num_maskmem", 1),
            node.integer("max_obj_ptrs_in_encoder", 1),
            attention.integer("num_layers", 1),
            attention.integer("dim_feedforward", 1),
            attention.number("rope_theta"),
            encoder.integer("fuser_layers", 1));
    int width = config.width();
    require(
        node,
        "mem_dim",
        width % 4 == 0 && modelWidth % width == 0,
        "a multiple of 4 that divides hidden_dim");
    require(node, "num_maskmem", config.frames() <= MAX_COUNT, "at most " + MAX_COUNT);
    require(
        node, "max_obj_ptrs_in_encoder", config.maxPointers() <= MAX_COUNT, "at most " + MAX_COUNT);
    require(attention, "num_layers", config.attentionLayers() <= MAX_COUNT, "at most " + MAX_COUNT);
    require(
        attention, "dim_feedforward", config.feedForward() <= MAX_WIDTH, "at most " + MAX_WIDTH);
    require(attention, "rope_theta", config.ropeTheta() > 0, "a number above 0");
    require(encoder, "fuser_layers", config.fuserLayers() <= MAX_COUNT, "at most " + MAX_COUNT);
    return config;
  }

  private static void require(ConfigNode node, String key, boolean sound, String expected) {
    if (!sound) {
      throw node.error(key, expected);
    }
  }
}
