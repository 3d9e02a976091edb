package io.sa2va.core.scenes;

import io.sa2va.Mask;

/**
 * What can be seen of a shape in a picture.
 *
 * @param mask the pixels at least half of whose samples show it
 * @param area of the mask, in pixels
 * @param share of its full area that shows, 0 to 1
 * @param x of the mask's centre of mass in pixels; the shape's own centre if the mask is empty
 * @param y likewise
 */
record VisibleShape(Mask mask, int area, double share, double x, double y) {
  /** Less shows than this of a shape that texts refer to. */
  private static final double LEAST_SHARE = 0.4;

  private static final int LEAST_AREA = 12;

  /** Whether enough shows to name it. */
  boolean clear() {
    return area >= LEAST_AREA && share >= LEAST_SHARE;
  }

  /** What texts can say about it. */
  ShapeFacts facts(int index, SceneShape shape, SizeClass size, Action action, boolean clear) {
    double pixels = (double) mask.width() * mask.height();
    return new ShapeFacts(
        index,
        shape.kind(),
        shape.color(),
        size,
        action,
        x / mask.width(),
        y / mask.height(),
        shape.pose().radius() / Math.min(mask.width(), mask.height()),
        area / pixels,
        shape.fullArea() / pixels,
        clear);
  }
}
