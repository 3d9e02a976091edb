package io.sa2va;

import java.util.List;

/** Follows the borders of a mask along pixel edges. */
final class PolygonTracer {
  private PolygonTracer() {}

  static List<Polygon> trace(Mask mask) {
    return List.of();
  }
}
