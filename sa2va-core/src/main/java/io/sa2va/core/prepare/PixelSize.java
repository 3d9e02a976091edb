package io.sa2va.core.prepare;

/**
 * The size of a picture.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 */
public record PixelSize(int width, int height) {
  public PixelSize {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture is at least 1x1, but was " + width + "x" + height);
    }
  }

  long area() {
    return (long) width * height;
  }
}
