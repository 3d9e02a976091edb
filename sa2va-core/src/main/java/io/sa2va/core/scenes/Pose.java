package io.sa2va.core.scenes;

/**
 * Where a shape is.
 *
 * @param x of the centre, in pixels from the left edge
 * @param y of the centre, in pixels from the top edge
 * @param radius in pixels, above 0; a shape reaches about as far from its centre
 * @param angle clockwise as seen on a screen, in radians
 */
record Pose(double x, double y, double radius, double angle) {
  Pose moved(double dx, double dy) {
    return new Pose(x + dx, y + dy, radius, angle);
  }

  Pose scaled(double factor) {
    return new Pose(x, y, radius * factor, angle);
  }

  Pose turned(double by) {
    return new Pose(x, y, radius, angle + by);
  }

  double distance(Pose other) {
    double dx = x - other.x;
    double dy = y - other.y;
    return Math.sqrt(dx * dx + dy * dy);
  }

  /** The distance between the circles around two shapes; below 0 if they overlap. */
  double gap(Pose other) {
    return distance(other) - radius - other.radius;
  }
}
