package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.List;

/** Puts the shapes of a picture where each can be seen and none runs into one of its colour. */
final class PictureComposer {
  private static final int TRIES = 60;

  /** Of the sum of two radii: shapes' centres are at least so far apart. */
  private static final double LEAST_DISTANCE = 0.6;

  private final SceneOptions options;
  private final SceneRandom random;
  private final List<SceneShape> shapes = new ArrayList<>();

  private PictureComposer(SceneOptions options, SceneRandom random) {
    this.options = options;
    this.random = random;
  }

  /** The shapes of a picture, from the bottom to the top. */
  static List<SizedShape> compose(SceneOptions options, SceneRandom random) {
    return new PictureComposer(options, random).compose();
  }

  private List<SizedShape> compose() {
    Cast cast = Cast.of(random);
    int count = random.between(options.minShapes(), options.maxShapes());
    List<SizedShape> placed = new ArrayList<>();
    for (int tries = 0; placed.size() < count && tries < count * TRIES; tries++) {
      SizeClass size = size(count, tries);
      SceneShape shape = cast.shape(random, options.varied(), pose(size));
      if (fits(shape)) {
        shapes.add(shape);
        placed.add(new SizedShape(shape, size));
      }
    }
    return placed;
  }

  /** Smaller ones where there are many, or where it was hard to find room. */
  private SizeClass size(int count, int tries) {
    if (tries > 3 * count || random.chance(0.3)) {
      return SizeClass.SMALL;
    }
    return random.chance(count > 4 ? 0.2 : 0.4) ? SizeClass.LARGE : SizeClass.MEDIUM;
  }

  private Pose pose(SizeClass size) {
    double radius = size.radius(random, options.shorterSide());
    if (size == SizeClass.SMALL && random.chance(0.35)) {
      for (SceneShape shape : shapes) {
        if (shape.kind() == ShapeKind.RING) {
          return insideRing(shape.pose(), radius);
        }
      }
    }
    // up to a sixth of a shape may lie outside
    double margin = 0.8 * radius;
    return new Pose(
        random.between(margin, options.width() - margin),
        random.between(margin, options.height() - margin),
        radius,
        0);
  }

  private Pose insideRing(Pose ring, double radius) {
    double slack = 0.1 * ring.radius();
    return new Pose(
        ring.x() + random.between(-slack, slack),
        ring.y() + random.between(-slack, slack),
        radius,
        0);
  }

  private boolean fits(SceneShape shape) {
    return shapes.stream().allMatch(other -> fits(shape, other));
  }

  private boolean fits(SceneShape shape, SceneShape other) {
    double gap = shape.pose().gap(other.pose());
    double clearance = 0.02 * options.shorterSide();
    if (shape.color() == other.color()) {
      return gap > clearance;
    }
    double reach = shape.pose().radius() + other.pose().radius();
    return gap > (LEAST_DISTANCE - 1) * reach || liesInRing(shape, other);
  }

  private static boolean liesInRing(SceneShape shape, SceneShape ring) {
    double hole = ShapeKind.RING_HOLE * ring.pose().radius();
    return ring.kind() == ShapeKind.RING
        && shape.pose().distance(ring.pose()) + shape.pose().radius() < 0.9 * hole;
  }
}
