package io.sa2va.core.scenes;

/** Sizes of shapes, with gaps between them; a shape is as large as its radius. */
public enum SizeClass {
  /** A radius of 0.07 to 0.095 of the picture's shorter side. */
  SMALL("small ", 0.07, 0.095),
  /** A radius of 0.12 to 0.15, not named in texts. */
  MEDIUM("", 0.12, 0.15),
  /** A radius of 0.19 to 0.25. */
  LARGE("large ", 0.19, 0.25);

  private final String prefix;
  private final double least;
  private final double most;

  SizeClass(String prefix, double least, double most) {
    this.prefix = prefix;
    this.least = least;
    this.most = most;
  }

  /** What stands before a noun of this size: empty, or an adjective and a space. */
  String prefix() {
    return prefix;
  }

  /** A radius in pixels. */
  double radius(SceneRandom random, int shorterSide) {
    return shorterSide * random.between(least, most);
  }
}
