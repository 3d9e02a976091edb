package io.sa2va.core.scenes;

import io.sa2va.Mask;
import io.sa2va.Polygon;
import java.util.ArrayList;
import java.util.List;

/**
 * Polygons that together fill a mask although none has a hole, for formats that fill each polygon
 * by itself: a part with a hole is cut in two through the hole.
 */
final class HoleFreePolygons {
  private HoleFreePolygons() {}

  /** Outer boundaries alone; what they enclose does not overlap. */
  static List<Polygon> of(Mask mask) {
    List<Polygon> polygons = mask.polygons();
    List<Polygon> holes = polygons.stream().filter(Polygon::isHole).toList();
    if (holes.isEmpty()) {
      return polygons;
    }
    Mask left = leftOf(middle(holes.get(0)), mask);
    List<Polygon> parts = new ArrayList<>(of(left));
    parts.addAll(of(mask.minus(left)));
    return List.copyOf(parts);
  }

  /** A column between the hole's ends, at least one pixel right of its leftmost. */
  private static int middle(Polygon hole) {
    int least = hole.points().stream().mapToInt(Polygon.Point::x).min().orElseThrow();
    int most = hole.points().stream().mapToInt(Polygon.Point::x).max().orElseThrow();
    return (least + most + 1) / 2;
  }

  private static Mask leftOf(int column, Mask mask) {
    boolean[] set = new boolean[mask.width() * mask.height()];
    for (int i = 0; i < set.length; i++) {
      int x = i % mask.width();
      set[i] = x < column && mask.get(x, i / mask.width());
    }
    return Mask.of(mask.width(), mask.height(), set);
  }
}
