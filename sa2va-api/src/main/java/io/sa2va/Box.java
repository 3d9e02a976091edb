package io.sa2va;

/**
 * An upright rectangle of pixels.
 *
 * @param x the leftmost column, from 0
 * @param y the topmost row, from 0
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Box(int x, int y, int width, int height) {
  /**
   * Checks the values.
   *
   * @param x the leftmost column, from 0
   * @param y the topmost row, from 0
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @throws IllegalArgumentException if one is out of range
   */
  public Box {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "box must have x, y from 0 and width, height from 1, but was (%d, %d) %dx%d"
              .formatted(x, y, width, height));
    }
  }
}
