package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A superlative of place or size. */
enum Extreme {
  LEFTMOST("leftmost"),
  RIGHTMOST("rightmost"),
  TOPMOST("topmost"),
  BOTTOMMOST("bottommost"),
  LARGEST("largest"),
  SMALLEST("smallest");

  /** Of the picture's side: the least lead in place. */
  private static final double LEAST_LEAD = 0.06;

  private final String word;

  Extreme(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** The shape that is it among at least two, if no other comes near it. */
  Optional<ShapeFacts> among(List<ShapeFacts> shapes) {
    if (shapes.size() < 2) {
      return Optional.empty();
    }
    List<ShapeFacts> order = new ArrayList<>(shapes);
    order.sort(Comparator.comparingDouble(this::measure).reversed());
    ShapeFacts best = order.get(0);
    boolean leads = order.stream().skip(1).allMatch(other -> beats(best, other));
    return leads ? Optional.of(best) : Optional.empty();
  }

  /** More is more so. */
  private double measure(ShapeFacts shape) {
    return switch (this) {
      case LEFTMOST -> -shape.x();
      case RIGHTMOST -> shape.x();
      case TOPMOST -> -shape.y();
      case BOTTOMMOST -> shape.y();
      case LARGEST -> shape.area();
      case SMALLEST -> -shape.area();
    };
  }

  private boolean beats(ShapeFacts best, ShapeFacts other) {
    return switch (this) {
      case LARGEST -> clearlyLarger(best, other);
      case SMALLEST -> clearlyLarger(other, best);
      default -> measure(best) - measure(other) >= LEAST_LEAD;
    };
  }

  /** By radius, by what shows, and by the whole area. */
  static boolean clearlyLarger(ShapeFacts a, ShapeFacts b) {
    return a.radius() >= 1.15 * b.radius()
        && a.area() >= 1.3 * b.area()
        && a.fullArea() >= 1.3 * b.fullArea();
  }
}
