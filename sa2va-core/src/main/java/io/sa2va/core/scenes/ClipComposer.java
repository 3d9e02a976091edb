package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.List;

/** Puts the shapes of a clip on ways on which each can be told from the others in most frames. */
final class ClipComposer {
  private static final int MOST_SHAPES = 5;
  private static final int TRIES = 60;

  /** Of the sum of two radii: shapes' centres are at least so far apart in the first frame. */
  private static final double LEAST_DISTANCE = 0.85;

  private final SceneOptions options;
  private final SceneRandom random;
  private final int frames;
  private final List<MovingShape> shapes = new ArrayList<>();

  private ClipComposer(SceneOptions options, int frames, SceneRandom random) {
    this.options = options;
    this.frames = frames;
    this.random = random;
  }

  /** The shapes of a clip, from the bottom to the top. */
  static List<MovingShape> compose(SceneOptions options, int frames, SceneRandom random) {
    return new ClipComposer(options, frames, random).compose();
  }

  private List<MovingShape> compose() {
    Cast cast = Cast.of(random);
    int most = Math.min(MOST_SHAPES, options.maxShapes());
    int count = random.between(Math.min(options.minShapes(), most), most);
    for (int tries = 0; shapes.size() < count && tries < count * TRIES; tries++) {
      SizeClass size = random.chance(0.4) ? SizeClass.SMALL : SizeClass.MEDIUM;
      double radius = size.radius(random, options.shorterSide());
      SceneShape shape = cast.shape(random, options.varied(), pose(radius));
      MovingShape moving = move(shape, action(shape));
      if (staysInside(moving) && fits(moving)) {
        shapes.add(moving);
      }
    }
    return shapes;
  }

  private Pose pose(double radius) {
    return new Pose(
        random.between(radius, options.width() - radius),
        random.between(radius, options.height() - radius),
        radius,
        0);
  }

  private Action action(SceneShape shape) {
    Action action = random.pick(Action.values());
    boolean seen = action != Action.TURNS || shape.kind().showsTurning();
    return seen ? action : Action.STAYS;
  }

  private MovingShape move(SceneShape shape, Action action) {
    return switch (action) {
      case STAYS -> new MovingShape(shape, action, 0, 0, 1, 0);
      case MOVES_LEFT -> slide(shape, action, -1, 0);
      case MOVES_RIGHT -> slide(shape, action, 1, 0);
      case MOVES_UP -> slide(shape, action, 0, -1);
      case MOVES_DOWN -> slide(shape, action, 0, 1);
      case GROWS -> new MovingShape(shape, action, 0, 0, random.between(1.7, 2.2), 0);
      case SHRINKS -> shrink(shape);
      case TURNS -> new MovingShape(shape, action, 0, 0, 1, random.sign() * turn());
      case LEAVES, RETURNS -> goOut(shape, action);
    };
  }

  /** Starts where there is room for its way. */
  private MovingShape slide(SceneShape shape, Action action, int right, int down) {
    double way = random.between(0.3, 0.6);
    double dx = way * right * options.width();
    double dy = way * down * options.height();
    Pose pose = shape.pose();
    double x = right == 0 ? pose.x() : start(pose.radius(), dx, options.width());
    double y = down == 0 ? pose.y() : start(pose.radius(), dy, options.height());
    Pose moved = new Pose(x, y, pose.radius(), pose.angle());
    return new MovingShape(shape.at(moved), action, dx, dy, 1, 0);
  }

  private double start(double radius, double way, int side) {
    return random.between(radius + Math.max(0, -way), side - radius - Math.max(0, way));
  }

  /** Starts larger, so that enough is left. */
  private MovingShape shrink(SceneShape shape) {
    double growth = random.between(0.45, 0.6);
    SceneShape larger = shape.at(shape.pose().scaled(1 / growth));
    return new MovingShape(larger, Action.SHRINKS, 0, 0, growth, 0);
  }

  /** At most 15 degrees a frame, so that the sense shows even for a cross. */
  private double turn() {
    double most = StrictMath.toRadians(15) * (frames - 1);
    return Math.min(most, StrictMath.toRadians(random.between(90.0, 300.0)));
  }

  /** Over the nearest edge, and farther than it takes. */
  private MovingShape goOut(SceneShape shape, Action action) {
    Pose pose = shape.pose();
    double rightWay = options.width() - pose.x();
    double downWay = options.height() - pose.y();
    double x = pose.x() < rightWay ? -pose.x() : rightWay;
    double y = pose.y() < downWay ? -pose.y() : downWay;
    double radii = 1.3 * pose.radius();
    double more = random.between(1.25, 1.6);
    return Math.abs(x) < Math.abs(y)
        ? new MovingShape(shape, action, more * (x + Math.signum(x) * radii), 0, 1, 0)
        : new MovingShape(shape, action, 0, more * (y + Math.signum(y) * radii), 1, 0);
  }

  /** Whether it is wholly inside where its action does not take it out. */
  private boolean staysInside(MovingShape moving) {
    return isInside(moving.at(0).pose())
        && (moving.action().goesOut() || isInside(moving.at(1).pose()));
  }

  private boolean isInside(Pose pose) {
    double margin = 0.9 * pose.radius();
    return pose.x() >= margin
        && pose.y() >= margin
        && pose.x() <= options.width() - margin
        && pose.y() <= options.height() - margin;
  }

  private boolean fits(MovingShape moving) {
    return shapes.stream().allMatch(other -> fits(moving, other));
  }

  private boolean fits(MovingShape moving, MovingShape other) {
    Pose start = moving.at(0).pose();
    Pose otherStart = other.at(0).pose();
    double reach = start.radius() + otherStart.radius();
    if (start.distance(otherStart) < LEAST_DISTANCE * reach) {
      return false;
    }
    return moving.start().color() == other.start().color()
        ? neverTouch(moving, other)
        : endsApart(moving, other);
  }

  private boolean neverTouch(MovingShape moving, MovingShape other) {
    for (int frame = 0; frame < frames; frame++) {
      double time = (double) frame / (frames - 1);
      if (moving.at(time).pose().gap(other.at(time).pose()) < 0.02 * options.shorterSide()) {
        return false;
      }
    }
    return true;
  }

  /** Crossing is fine; one that stops on another would hide it for long. */
  private static boolean endsApart(MovingShape moving, MovingShape other) {
    Pose end = moving.at(1).pose();
    Pose otherEnd = other.at(1).pose();
    return end.distance(otherEnd) > LEAST_DISTANCE * (end.radius() + otherEnd.radius());
  }
}
