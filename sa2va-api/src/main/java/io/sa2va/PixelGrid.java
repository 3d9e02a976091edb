package io.sa2va;

/** Checks of sizes and places on a grid of pixels, with one wording. */
final class PixelGrid {
  /** 500 megapixels: three bytes each still fit one Java array. */
  static final int MAX_PIXELS = 500_000_000;

  private PixelGrid() {}

  static void check(int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "width and height must be at least 1, but were " + width + "x" + height);
    }
    if ((long) width * height > MAX_PIXELS) {
      throw new IllegalArgumentException(
          "width times height must be at most %d pixels, but were %dx%d"
              .formatted(MAX_PIXELS, width, height));
    }
  }

  static void checkLength(String name, int expected, int actual) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          name + " must have " + expected + " entries, but had " + actual);
    }
  }

  static void checkInside(int x, int y, int width, int height) {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      throw new IndexOutOfBoundsException(
          "pixel (%d, %d) lies outside %dx%d".formatted(x, y, width, height));
    }
  }
}
