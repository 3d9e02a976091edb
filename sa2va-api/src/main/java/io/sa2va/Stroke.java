package io.sa2va;

import java.util.ArrayList;
import java.util.List;

/** Points at equal distances along a path. */
final class Stroke {
  private Stroke() {}

  /** The first point, the last, and those between; fewer where the path has no length. */
  static List<ObjectPrompt.Point> sample(List<ObjectPrompt.Point> path, int count) {
    double length = 0;
    for (int i = 1; i < path.size(); i++) {
      length += distance(path.get(i - 1), path.get(i));
    }
    if (length == 0) {
      return List.of(path.get(0));
    }
    List<ObjectPrompt.Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(at(path, length * i / (count - 1)));
    }
    return points;
  }

  private static ObjectPrompt.Point at(List<ObjectPrompt.Point> path, double along) {
    double left = along;
    for (int i = 1; i < path.size(); i++) {
      ObjectPrompt.Point from = path.get(i - 1);
      ObjectPrompt.Point to = path.get(i);
      double step = distance(from, to);
      if (left <= step && step > 0) {
        double part = left / step;
        return new ObjectPrompt.Point(
            from.x() + part * (to.x() - from.x()),
            from.y() + part * (to.y() - from.y()),
            from.inside());
      }
      left -= step;
    }
    return path.get(path.size() - 1);
  }

  private static double distance(ObjectPrompt.Point a, ObjectPrompt.Point b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y());
  }
}
