package io.sa2va.core.sam2;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.sam2.hiera.HieraConfig;
import io.sa2va.core.sam2.memory.MemoryConfig;
import io.sa2va.core.sam2.neck.NeckConfig;

/**
 * Sizes of a SAM2.
 *
 * @param imageSize side of the square picture it sees, in pixels
 * @param hiddenDim channels of its features, prompts and object pointers
 * @param trunk sizes of the image trunk
 * @param neck sizes of the feature pyramid
 * @param memory sizes of the memory
 */
public record Sam2Config(
    int imageSize, int hiddenDim, HieraConfig trunk, NeckConfig neck, MemoryConfig memory) {
  private static final String KEY = "grounding_encoder_config";
  private static final int MAX_IMAGE_SIZE = 1 << 13;
  private static final int MAX_WIDTH = 1 << 12;

  /** Pixels of a side that become one cell of the top feature map. */
  private static final int STRIDE = 16;

  /** Pixels of a side that become one cell of the coarsest map, inside the neck. */
  private static final int COARSEST_STRIDE = 32;

  /** The mask decoder has 8 heads, and attends at half of the width. */
  private static final int WIDTH_UNIT = 16;

  /** SAM2 Hiera-L at 1024 pixels, which every published Sa2VA model has. */
  public static Sam2Config hieraLarge() {
    HieraConfig trunk = HieraConfig.large();
    return new Sam2Config(1024, 256, trunk, NeckConfig.of(trunk), MemoryConfig.standard());
  }

  /**
   * Reads the sizes from a model's config.json. Published ones name none: then it is {@link
   * #hieraLarge()}.
   *
   * @param root the whole file
   * @throws io.sa2va.error.ModelConfigException naming the key that is missing or out of range
   */
  public static Sam2Config read(ConfigNode root) {
    return root.has(KEY) ? readSizes(root.object(KEY)) : hieraLarge();
  }

  private static Sam2Config readSizes(ConfigNode node) {
    int imageSize = node.integer("image_size", COARSEST_STRIDE);
    int hiddenDim = node.integer("hidden_dim", 1);
    HieraConfig trunk = HieraConfig.read(node.object("trunk"));
    NeckConfig neck = NeckConfig.read(node.object("neck"), trunk);
    if (imageSize > MAX_IMAGE_SIZE
        || imageSize % COARSEST_STRIDE != 0
        || imageSize % (HieraConfig.PATCH_STRIDE * trunk.windowSpec().get(0)) != 0) {
      throw node.error(
          "image_size",
          "a multiple of "
              + COARSEST_STRIDE
              + " and of 4 times the first window, at most "
              + MAX_IMAGE_SIZE);
    }
    if (hiddenDim % WIDTH_UNIT != 0 || hiddenDim > MAX_WIDTH) {
      throw node.error("hidden_dim", "a multiple of " + WIDTH_UNIT + ", at most " + MAX_WIDTH);
    }
    return new Sam2Config(imageSize, hiddenDim, trunk, neck, MemoryConfig.read(node, hiddenDim));
  }

  /** Side of the top feature map. */
  public int featureSide() {
    return imageSize / STRIDE;
  }
}
