package io.sa2va;

import java.util.List;

/**
 * A closed line along pixel edges.
 *
 * @param points the corners, the last joined to the first; outer boundaries run clockwise as seen
 *     on the screen, holes the other way
 */
public record Polygon(List<Point> points) {
  /**
   * Copies the corners.
   *
   * @param points the corners, the last joined to the first
   */
  public Polygon {
    points = List.copyOf(points);
  }

  /**
   * A corner between pixels: pixel (x, y) spans from (x, y) to (x + 1, y + 1).
   *
   * @param x from 0 to the mask's width
   * @param y from 0 to the mask's height
   */
  public record Point(int x, int y) {}

  /**
   * Tells whether this encloses a hole rather than a part of the mask.
   *
   * @return true for a hole
   */
  public boolean isHole() {
    return twiceSignedArea() < 0;
  }

  /** Twice the area, above 0 if clockwise on a screen, where y grows downwards. */
  private long twiceSignedArea() {
    long sum = 0;
    for (int i = 0; i < points.size(); i++) {
      Point a = points.get(i);
      Point b = points.get((i + 1) % points.size());
      sum += (long) a.x() * b.y() - (long) b.x() * a.y();
    }
    return sum;
  }
}
