package io.sa2va.core.data;

import io.sa2va.Mask;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fills polygons to the pixel as the COCO data set's tools do (cocoapi, maskApi.c, {@code
 * rleFrPoly}): vertices on a grid five times as fine, edges walked on it, and the places where they
 * cross a column's middle line rounded to pixels; between them columns are filled even-odd.
 */
public final class PolygonFill {
  private static final int SCALE = 5;

  /** Far outside any picture, and edges this long are still walked at once. */
  private static final double MOST_COORDINATE = 100_000;

  private final int width;
  private final int height;
  private final IntStream.Builder crossings = IntStream.builder();

  private PolygonFill(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * Fills the polygons of one object; where they overlap, the object is still one.
   *
   * @param width of the picture in pixels, at least 1
   * @param height likewise
   * @param polygons each {@code x1, y1, x2, y2, …} in pixels, at least three points; parts outside
   *     the picture are cut off
   * @return the pixels in any of them
   * @throws IllegalArgumentException if a polygon has an odd count or too few of numbers, or one
   *     beyond ±100000 or not finite
   */
  public static Mask fill(int width, int height, List<double[]> polygons) {
    Mask filled = Mask.empty(width, height);
    for (double[] polygon : polygons) {
      filled = filled.union(fill(width, height, polygon));
    }
    return filled;
  }

  private static Mask fill(int width, int height, double[] polygon) {
    check(polygon);
    PolygonFill fill = new PolygonFill(width, height);
    fill.walk(polygon);
    return fill.toMask();
  }

  private static void check(double[] polygon) {
    if (polygon.length < 6 || polygon.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a polygon has at least three points of two numbers each, but this one has "
              + polygon.length
              + " numbers");
    }
    for (double coordinate : polygon) {
      if (!(Math.abs(coordinate) <= MOST_COORDINATE)) {
        throw new IllegalArgumentException(
            "a polygon's coordinates are pixels, but one is " + coordinate);
      }
    }
  }

  private void walk(double[] polygon) {
    int points = polygon.length / 2;
    int[] x = new int[points];
    int[] y = new int[points];
    for (int i = 0; i < points; i++) {
      x[i] = (int) (SCALE * polygon[2 * i] + 0.5);
      y[i] = (int) (SCALE * polygon[2 * i + 1] + 0.5);
    }
    for (int i = 0; i < points; i++) {
      int next = (i + 1) % points;
      walkEdge(x[i], y[i], x[next], y[next]);
    }
  }

  /**
   * Visits the grid points of an edge in its direction, computed from its lesser end so that an
   * edge and its reverse are the same points.
   */
  private void walkEdge(int fromX, int fromY, int toX, int toY) {
    int dx = Math.abs(toX - fromX);
    int dy = Math.abs(toY - fromY);
    boolean flat = dx >= dy;
    boolean flip = flat ? fromX > toX : fromY > toY;
    int startX = flip ? toX : fromX;
    int startY = flip ? toY : fromY;
    int length = Math.max(dx, dy);
    double slope =
        flat
            ? (double) (flip ? fromY - toY : toY - fromY) / dx
            : (double) (flip ? fromX - toX : toX - fromX) / dy;
    int beforeX = fromX;
    int beforeY = fromY;
    for (int step = 1; step <= length; step++) {
      int along = flip ? length - step : step;
      int x = flat ? startX + along : (int) (startX + slope * along + 0.5);
      int y = flat ? (int) (startY + slope * along + 0.5) : startY + along;
      if (x != beforeX) {
        cross(Math.min(x, beforeX), Math.min(y, beforeY));
      }
      beforeX = x;
      beforeY = y;
    }
  }

  /** Notes a step of the edge from a fine column to the next, if a pixel's middle lies there. */
  private void cross(int fineX, int fineY) {
    double x = (fineX + 0.5) / SCALE - 0.5;
    if (x != Math.floor(x) || x < 0 || x > width - 1) {
      return;
    }
    double y = Math.ceil(Math.max(0, Math.min(height, (fineY + 0.5) / SCALE - 0.5)));
    crossings.add(((int) x) * height + (int) y);
  }

  private Mask toMask() {
    int[] ends = crossings.build().toArray();
    Arrays.sort(ends);
    boolean[] set = new boolean[width * height];
    for (int i = 0; i < ends.length; i += 2) {
      int end = i + 1 < ends.length ? ends[i + 1] : set.length;
      for (int pixel = ends[i]; pixel < end; pixel++) {
        set[pixel % height * width + pixel / height] = true;
      }
    }
    return Mask.of(width, height, set);
  }
}
