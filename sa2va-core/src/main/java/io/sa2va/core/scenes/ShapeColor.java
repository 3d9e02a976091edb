package io.sa2va.core.scenes;

/** The colours of this world: each a range of tints, with gaps between the ranges. */
public enum ShapeColor {
  /** Hue about 0. */
  RED("red", -7, 5, 0.80, 1.00, 0.72, 0.95),
  /** Hue about 28. */
  ORANGE("orange", 25, 33, 0.88, 1.00, 0.92, 1.00),
  /** Hue about 55. */
  YELLOW("yellow", 51, 59, 0.80, 1.00, 0.92, 1.00),
  /** Hue about 125. */
  GREEN("green", 108, 142, 0.68, 1.00, 0.48, 0.80),
  /** Hue about 222. */
  BLUE("blue", 210, 230, 0.75, 1.00, 0.70, 1.00),
  /** Hue about 282. */
  PURPLE("purple", 274, 292, 0.60, 0.85, 0.50, 0.75),
  /** Nearly no light. */
  BLACK("black", 0, 360, 0.00, 0.25, 0.03, 0.11),
  /** Nearly all light. */
  WHITE("white", 0, 360, 0.00, 0.03, 0.95, 1.00);

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // never written to nor handed out
  private final double[] ranges;

  /** Ranges of hue in degrees, saturation and value. */
  ShapeColor(String word, double... ranges) {
    this.word = word;
    this.ranges = ranges;
  }

  /**
   * The name in texts.
   *
   * @return an adjective such as {@code red}
   */
  public String word() {
    return word;
  }

  Rgb tint(SceneRandom random) {
    return Rgb.ofHsv(
        random.between(ranges[0], ranges[1]),
        random.between(ranges[2], ranges[3]),
        random.between(ranges[4], ranges[5]));
  }
}
