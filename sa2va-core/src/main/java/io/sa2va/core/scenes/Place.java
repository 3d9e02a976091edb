package io.sa2va.core.scenes;

/** A part of a picture that texts name. */
enum Place {
  TOP_LEFT("at the top left", -1, -1),
  TOP_RIGHT("at the top right", 1, -1),
  BOTTOM_LEFT("at the bottom left", -1, 1),
  BOTTOM_RIGHT("at the bottom right", 1, 1),
  LEFT("on the left", -1, 0),
  RIGHT("on the right", 1, 0),
  TOP("at the top", 0, -1),
  BOTTOM("at the bottom", 0, 1),
  MIDDLE("in the middle", 0, 0);

  private final String words;
  private final int horizontal;
  private final int vertical;

  /** Directions from the middle: -1 left or up, 1 right or down, 0 for anywhere. */
  Place(String words, int horizontal, int vertical) {
    this.words = words;
    this.horizontal = horizontal;
    this.vertical = vertical;
  }

  String words() {
    return words;
  }

  Fit fit(ShapeFacts shape) {
    double right = shape.x() - 0.5;
    double down = shape.y() - 0.5;
    if (this == MIDDLE) {
      return Fit.above(-Math.max(Math.abs(right), Math.abs(down)), -0.11, -0.22);
    }
    return side(horizontal, right).and(side(vertical, down));
  }

  private static Fit side(int direction, double offset) {
    return direction == 0 ? Fit.YES : Fit.above(direction * offset, 0.15, 0.03);
  }
}
