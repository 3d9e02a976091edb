package io.sa2va.core.scenes;

/**
 * A shape of a scene.
 *
 * @param kind its form
 * @param color its colour, as texts name it
 * @param paint how exactly it is coloured
 * @param pose where it is
 */
record SceneShape(ShapeKind kind, ShapeColor color, ShapePaint paint, Pose pose) {
  SceneShape at(Pose other) {
    return new SceneShape(kind, color, paint, other);
  }

  /** The area in pixels it would have if it lay wholly in the picture and under nothing. */
  double fullArea() {
    return kind.outline().area() * pose.radius() * pose.radius();
  }

  Coverage coverage(int width, int height) {
    return Coverage.of(kind.outline(), pose, width, height);
  }
}
