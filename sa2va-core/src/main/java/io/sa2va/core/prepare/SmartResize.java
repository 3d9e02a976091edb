package io.sa2va.core.prepare;

/**
 * Qwen-VL's choice of a native resolution: sides that are multiples of a factor, close to the
 * picture's aspect ratio, with an area within bounds.
 *
 * <p>The reference chooses twice, and resizes twice: when a picture is fetched ({@link #fetched},
 * {@code smart_resize} in qwen-vl-utils) and in the image processor ({@link #processed}, {@code
 * smart_resize} of transformers' Qwen2VLImageProcessor).
 *
 * @param factor side of a merged patch in pixels, {@code patch_size * merge_size}
 * @param minPixels {@code min_pixels} of the processor, at least 1
 * @param maxPixels {@code max_pixels} of the processor, at least minPixels
 */
public record SmartResize(int factor, long minPixels, long maxPixels) {
  private static final double MOST_ELONGATED = 200;

  /** The fetch step keeps these whatever the patch size: merged patches of 28 pixels. */
  private static final int FETCH_FACTOR = 28;

  private static final long FETCH_MIN_PIXELS = 4L * FETCH_FACTOR * FETCH_FACTOR;
  private static final long FETCH_MAX_PIXELS = 16_384L * FETCH_FACTOR * FETCH_FACTOR;

  public SmartResize {
    if (factor < 1) {
      throw new IllegalArgumentException(
          "patch_size * merge_size must be positive, but was " + factor);
    }
    if (minPixels < 1 || maxPixels < minPixels) {
      throw new IllegalArgumentException(
          "the pixel bounds must satisfy 1 <= min_pixels <= max_pixels, but are %d and %d"
              .formatted(minPixels, maxPixels));
    }
  }

  /**
   * The size after the fetch step: 4 to 16384 merged patches of 28x28 pixels.
   *
   * @throws PrepareException if one side is over 200 times the other
   */
  public static PixelSize fetched(PixelSize picture) {
    requireModerateRatio(picture);
    int width = Math.max(FETCH_FACTOR, nearestMultiple(picture.width(), FETCH_FACTOR));
    int height = Math.max(FETCH_FACTOR, nearestMultiple(picture.height(), FETCH_FACTOR));
    return within(picture, width, height, FETCH_FACTOR, FETCH_MIN_PIXELS, FETCH_MAX_PIXELS);
  }

  /**
   * The size after the processor, given the one after the fetch step.
   *
   * @throws PrepareException if one side is over 200 times the other
   */
  public PixelSize processed(PixelSize picture) {
    requireModerateRatio(picture);
    int width = nearestMultiple(picture.width(), factor);
    int height = nearestMultiple(picture.height(), factor);
    return within(picture, width, height, factor, minPixels, maxPixels);
  }

  /**
   * The rounded size, unless its area is out of bounds: then the picture is scaled to the bound.
   */
  private static PixelSize within(
      PixelSize picture, int width, int height, int factor, long minPixels, long maxPixels) {
    long area = (long) width * height;
    if (area > maxPixels) {
      double shrink = Math.sqrt((double) picture.area() / maxPixels);
      return new PixelSize(
          Math.max(factor, multipleBelow(picture.width() / shrink, factor)),
          Math.max(factor, multipleBelow(picture.height() / shrink, factor)));
    }
    if (area < minPixels) {
      double grow = Math.sqrt((double) minPixels / picture.area());
      return new PixelSize(
          multipleAbove(picture.width() * grow, factor),
          multipleAbove(picture.height() * grow, factor));
    }
    return new PixelSize(width, height);
  }

  /** Halves go to the even multiple, as Python rounds. */
  private static int nearestMultiple(int side, int factor) {
    return (int) (Math.rint((double) side / factor) * factor);
  }

  private static int multipleBelow(double side, int factor) {
    return (int) (Math.floor(side / factor) * factor);
  }

  private static int multipleAbove(double side, int factor) {
    return (int) (Math.ceil(side / factor) * factor);
  }

  private static void requireModerateRatio(PixelSize picture) {
    double longer = Math.max(picture.width(), picture.height());
    double shorter = Math.min(picture.width(), picture.height());
    if (longer / shorter > MOST_ELONGATED) {
      throw new PrepareException(
          "a %dx%d picture is too elongated for Qwen-VL: its longer side may be at most 200 times"
                  .formatted(picture.width(), picture.height())
              + " the shorter one; crop it first");
    }
  }
}
