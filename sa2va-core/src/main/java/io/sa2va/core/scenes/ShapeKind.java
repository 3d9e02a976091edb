package io.sa2va.core.scenes;

/** The forms of this world, each easily told from the others at any size and allowed turn. */
public enum ShapeKind {
  /** A disc. */
  CIRCLE("circle", Outline.circle(), 0),
  /** Four equal sides, at most a little turned, so that it is no diamond. */
  SQUARE("square", Outline.polygon(-0.78, -0.78, 0.78, -0.78, 0.78, 0.78, -0.78, 0.78), 18),
  /** Three equal sides. */
  TRIANGLE("triangle", Outline.star(3, 1.08, 1.08), 180),
  /** Five points. */
  STAR("star", Outline.star(5, 1.08, 0.46), 180),
  /** A disc with a round hole. */
  RING("ring", Outline.ring(ShapeKind.RING_HOLE), 0),
  /** A plus sign. */
  CROSS("cross", Outline.plus(0.98, 0.31), 22),
  /** A rhombus, higher than wide. */
  DIAMOND("diamond", Outline.polygon(0, -1.08, 0.62, 0, 0, 1.08, -0.62, 0), 18),
  /** A heart. */
  HEART("heart", Outline.heart(), 25);

  /** The radius of a ring's hole, of the ring's radius. */
  static final double RING_HOLE = 0.6;

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // it is, which the checker cannot see
  private final Outline outline;

  private final int mostDegrees;

  ShapeKind(String word, Outline outline, int mostDegrees) {
    this.word = word;
    this.outline = outline;
    this.mostDegrees = mostDegrees;
  }

  /**
   * The name in texts.
   *
   * @return a noun in the singular, such as {@code circle}
   */
  public String word() {
    return word;
  }

  /**
   * The name of several in texts.
   *
   * @return a noun in the plural
   */
  public String plural() {
    return this == CROSS ? "crosses" : word + "s";
  }

  Outline outline() {
    return outline;
  }

  /** How far it is turned either way while it stands still, in radians. */
  double mostTurn() {
    return StrictMath.toRadians(mostDegrees);
  }

  /** Whether turning it can be seen. */
  boolean showsTurning() {
    return this != CIRCLE && this != RING;
  }
}
