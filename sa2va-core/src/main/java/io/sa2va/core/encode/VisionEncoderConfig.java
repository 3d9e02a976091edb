package io.sa2va.core.encode;

import io.sa2va.core.config.ConfigNode;

/**
 * How an InternVL checkpoint turns a tile into tokens: {@code vision_config} and the keys around it
 * in config.json.
 *
 * @param vit the tower
 * @param tileSize side of a tile in pixels: {@code force_image_size}
 * @param depth after how many of the tower's layers the features are taken: {@code select_layer}
 *     (-1 is the last layer, 0 the embeddings)
 * @param merge patches along each side of a square that becomes one token: 1 / {@code
 *     downsample_ratio}
 * @param shuffle the order of the merged tokens: {@code ps_version}
 * @param outputWidth the language model's width
 */
public record VisionEncoderConfig(
    VisionConfig vit, int tileSize, int depth, int merge, PixelShuffle shuffle, int outputWidth) {
  private static final int MAX_TILE = 1 << 12;

  /**
   * Reads config.json.
   *
   * @throws io.sa2va.error.ModelConfigException if a key is missing or out of range
   */
  public static VisionEncoderConfig of(ConfigNode config) {
    VisionConfig vit = VisionConfig.of(config.object("vision_config"));
    int merge = merge(config);
    return new VisionEncoderConfig(
        vit,
        tileSize(config, vit, merge),
        depth(config, vit.layers()),
        merge,
        PixelShuffle.of(config),
        config.object("llm_config").integer("hidden_size", 1));
  }

  private static int tileSize(ConfigNode config, VisionConfig vit, int merge) {
    int size = config.integer("force_image_size", 0, 0);
    int tile = size == 0 ? vit.imageSize() : size;
    long side = (long) vit.patchSize() * merge;
    if (tile % side != 0 || tile > MAX_TILE) {
      throw config.error(
          "force_image_size",
          "a multiple of patch_size / downsample_ratio, which is "
              + side
              + ", and at most "
              + MAX_TILE);
    }
    return tile;
  }

  private static int depth(ConfigNode config, int layers) {
    int selected = config.integer("select_layer", -layers - 1, -1);
    if (selected > layers) {
      throw config.error("select_layer", "from " + (-layers - 1) + " to " + layers);
    }
    return selected < 0 ? layers + 1 + selected : selected;
  }

  private static int merge(ConfigNode config) {
    double ratio = config.number("downsample_ratio", 0.5);
    double merge = 1 / ratio;
    if (!(ratio > 0 && ratio <= 1) || merge != Math.rint(merge)) {
      throw config.error("downsample_ratio", "one over a whole number, such as 0.5");
    }
    return (int) merge;
  }

  /** Tokens along a side of a tile. */
  public int tokenGrid() {
    return tileSize / vit.patchSize() / merge;
  }

  public int tokensPerTile() {
    return tokenGrid() * tokenGrid();
  }
}
