package io.sa2va.core.scenes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The edge of a shape of radius 1 around the origin: closed lines filled even-odd, so that a second
 * line inside the first is a hole. The y axis points down. Immutable.
 */
final class Outline {
  private static final int CURVE_POINTS = 64;

  private final List<double[]> contours;
  private final double area;

  /** Takes the arrays as its own; each holds x and y in turn. */
  private Outline(double[]... contours) {
    this.contours = List.of(contours);
    double[] areas = Arrays.stream(contours).mapToDouble(Outline::areaOf).toArray();
    this.area = areas[0] - IntStream.range(1, areas.length).mapToDouble(i -> areas[i]).sum();
  }

  static Outline polygon(double... points) {
    return new Outline(points);
  }

  static Outline circle() {
    return new Outline(regular(CURVE_POINTS, 1, 1));
  }

  static Outline ring(double hole) {
    return new Outline(regular(CURVE_POINTS, 1, 1), regular(CURVE_POINTS, hole, hole));
  }

  /** A star, or a regular polygon where both radii are equal; the first corner points up. */
  static Outline star(int corners, double outer, double inner) {
    return new Outline(regular(corners, outer, inner));
  }

  static Outline plus(double reach, double halfWidth) {
    double a = reach;
    double b = halfWidth;
    return polygon(
        -b, -a, b, -a, b, -b, a, -b, a, b, b, b, b, a, -b, a, -b, b, -a, b, -a, -b, -b, -b);
  }

  /** The curve (16 sin³t, 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t), centred in its box. */
  static Outline heart() {
    double[] points = new double[2 * CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++) {
      double t = 2 * StrictMath.PI * i / CURVE_POINTS;
      double sin = StrictMath.sin(t);
      double up =
          13 * StrictMath.cos(t)
              - 5 * StrictMath.cos(2 * t)
              - 2 * StrictMath.cos(3 * t)
              - StrictMath.cos(4 * t);
      points[2 * i] = 16 * sin * sin * sin / 15.5;
      points[2 * i + 1] = -(up + 2.5) / 15.5;
    }
    return new Outline(points);
  }

  /** Corners on two circles in turn, or on one circle where the radii are equal. */
  private static double[] regular(int corners, double outer, double inner) {
    int count = outer == inner ? corners : 2 * corners;
    double[] points = new double[2 * count];
    for (int i = 0; i < count; i++) {
      double angle = 2 * StrictMath.PI * i / count;
      double radius = i % 2 == 0 ? outer : inner;
      points[2 * i] = radius * StrictMath.sin(angle);
      points[2 * i + 1] = -radius * StrictMath.cos(angle);
    }
    return points;
  }

  private static double areaOf(double[] points) {
    double twice = 0;
    for (int i = 0; i < points.length; i += 2) {
      int j = (i + 2) % points.length;
      twice += points[i] * points[j + 1] - points[j] * points[i + 1];
    }
    return Math.abs(twice) / 2;
  }

  /** Of the shape of radius 1, without its holes. */
  double area() {
    return area;
  }

  /** The lines at a pose, x and y in turn, in the pose's units. */
  List<double[]> placed(Pose pose) {
    double a = pose.radius() * StrictMath.cos(pose.angle());
    double b = pose.radius() * StrictMath.sin(pose.angle());
    return contours.stream().map(points -> placed(points, pose, a, b)).toList();
  }

  private static double[] placed(double[] points, Pose pose, double a, double b) {
    double[] moved = new double[points.length];
    for (int i = 0; i < points.length; i += 2) {
      moved[i] = pose.x() + a * points[i] - b * points[i + 1];
      moved[i + 1] = pose.y() + b * points[i] + a * points[i + 1];
    }
    return moved;
  }
}
