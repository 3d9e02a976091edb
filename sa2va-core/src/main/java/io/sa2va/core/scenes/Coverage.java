package io.sa2va.core.scenes;

import java.util.Arrays;
import java.util.List;

/**
 * Which of the 64 sample points of each pixel lie inside a shape, within the shape's box in the
 * picture.
 *
 * <p>A pixel's samples stand on a regular 8x8 grid, one bit each: bit {@code 8 * row + column}.
 */
final class Coverage {
  /** Sample points in a pixel. */
  static final int SAMPLES = Long.SIZE;

  private static final int SIDE = 8;

  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final long[] samples;

  private Coverage(int left, int top, int width, int height) {
    this.left = left;
    this.top = top;
    this.width = Math.max(0, width);
    this.height = Math.max(0, height);
    this.samples = new long[this.width * this.height];
  }

  /** Covers what is inside the outline, even-odd, in a picture of the given size. */
  static Coverage of(Outline outline, Pose pose, int pictureWidth, int pictureHeight) {
    List<double[]> contours = outline.placed(pose);
    double minX = pictureWidth;
    double minY = pictureHeight;
    double maxX = 0;
    double maxY = 0;
    for (double[] points : contours) {
      for (int i = 0; i < points.length; i += 2) {
        minX = Math.min(minX, points[i]);
        maxX = Math.max(maxX, points[i]);
        minY = Math.min(minY, points[i + 1]);
        maxY = Math.max(maxY, points[i + 1]);
      }
    }
    int left = (int) Math.floor(Math.max(0, minX));
    int top = (int) Math.floor(Math.max(0, minY));
    int right = (int) Math.ceil(Math.min(pictureWidth, maxX));
    int bottom = (int) Math.ceil(Math.min(pictureHeight, maxY));
    Coverage coverage = new Coverage(left, top, right - left, bottom - top);
    coverage.fill(contours);
    return coverage;
  }

  private void fill(List<double[]> contours) {
    int edges = contours.stream().mapToInt(points -> points.length / 2).sum();
    double[] crossings = new double[edges];
    for (int row = 0; row < height * SIDE; row++) {
      int count = 0;
      for (double[] points : contours) {
        count = addCrossings(points, top * SIDE + row, crossings, count);
      }
      Arrays.sort(crossings, 0, count);
      for (int i = 0; i + 1 < count; i += 2) {
        fillSpan(row, crossings[i] - left * SIDE, crossings[i + 1] - left * SIDE);
      }
    }
  }

  /** Adds where a row of samples crosses a closed line, in samples from the picture's left edge. */
  private static int addCrossings(double[] points, int row, double[] crossings, int count) {
    double y = row + 0.5;
    int last = points.length - 2;
    double x0 = points[last] * SIDE;
    double y0 = points[last + 1] * SIDE;
    int found = count;
    for (int i = 0; i <= last; i += 2) {
      double x1 = points[i] * SIDE;
      double y1 = points[i + 1] * SIDE;
      if (y0 <= y != y1 <= y) {
        crossings[found++] = x0 + (y - y0) * (x1 - x0) / (y1 - y0);
      }
      x0 = x1;
      y0 = y1;
    }
    return found;
  }

  private void fillSpan(int row, double from, double to) {
    int x = Math.max(0, (int) Math.ceil(from - 0.5));
    int end = Math.min(width * SIDE, (int) Math.ceil(to - 0.5));
    int rowStart = row / SIDE * width;
    int shift = row % SIDE * SIDE;
    while (x < end) {
      int pixel = x / SIDE;
      int stop = Math.min(end, (pixel + 1) * SIDE);
      samples[rowStart + pixel] |= ((1L << (stop - x)) - 1) << (shift + x % SIDE);
      x = stop;
    }
  }

  int left() {
    return left;
  }

  int top() {
    return top;
  }

  /** The first column right of the box. */
  int right() {
    return left + width;
  }

  /** The first row below the box. */
  int bottom() {
    return top + height;
  }

  /** The samples of a pixel inside the box, in coordinates of the picture. */
  long at(int x, int y) {
    return samples[(y - top) * width + x - left];
  }

  /** The samples of any pixel of the picture; none outside the box. */
  long orNone(int x, int y) {
    boolean within = x >= left && x < right() && y >= top && y < bottom();
    return within ? at(x, y) : 0;
  }
}
