package io.sa2va.core.evaluate;

import io.sa2va.Mask;

/** Masks of rectangles. */
final class Rectangles {
  private Rectangles() {}

  /** Rows and columns from the first to the last, both included. */
  static Mask of(int height, int width, int top, int bottom, int left, int right) {
    boolean[] set = new boolean[width * height];
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        set[y * width + x] = true;
      }
    }
    return Mask.of(width, height, set);
  }

  /** A row of pixels of which some are set. */
  static Mask row(int width, int left, int count) {
    return count == 0 ? Mask.empty(width, 1) : of(1, width, 0, 0, left, left + count - 1);
  }
}
