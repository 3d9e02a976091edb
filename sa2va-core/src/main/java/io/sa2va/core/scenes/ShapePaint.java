package io.sa2va.core.scenes;

/**
 * How a shape is coloured: a tint, a slight pattern that moves with the shape, perhaps a rim.
 *
 * @param tint the colour of most of it
 * @param pattern what varies the tint
 * @param strength of the pattern, 0 to about 0.15
 * @param rimWidth of the radius, 0 for no rim
 * @param rimShade of the rim against the tint: below 0 darker, above 0 brighter
 */
record ShapePaint(Rgb tint, Pattern pattern, float strength, double rimWidth, float rimShade) {
  /** What varies the tint of a shape. */
  enum Pattern {
    FLAT,
    LINEAR,
    RADIAL,
    STRIPED,
    SPECKLED
  }

  /** A flat tint, for training without variety. */
  static ShapePaint flat(Rgb tint) {
    return new ShapePaint(tint, Pattern.FLAT, 0, 0, 0);
  }

  /** A random tint of a colour with a random pattern and rim. */
  static ShapePaint varied(ShapeColor color, SceneRandom random) {
    Rgb tint = color.tint(random);
    Pattern pattern = random.pick(Pattern.values());
    float strength = (float) random.between(0.04, 0.13);
    boolean rimmed = random.chance(0.35);
    double rimWidth = rimmed ? random.between(0.05, 0.12) : 0;
    float rimShade = color == ShapeColor.BLACK ? 0.6f : -0.25f;
    return new ShapePaint(tint, pattern, strength, rimWidth, rimShade);
  }

  /** The colour at a place on the shape, in its own turned coordinates of radius 1. */
  Rgb at(double u, double v) {
    return pattern == Pattern.FLAT ? tint : tint.shaded(strength * (float) wave(u, v));
  }

  Rgb rim() {
    return tint.shaded(rimShade);
  }

  /** The pattern, -1 to 1. */
  private double wave(double u, double v) {
    return switch (pattern) {
      case FLAT -> 0;
      case LINEAR -> Math.max(-1, Math.min(1, v));
      case RADIAL -> Math.max(-1, 0.7 - 1.2 * (u * u + v * v));
      case STRIPED -> triangleWave(2.5 * u);
      case SPECKLED -> speckle((int) Math.floor(9 * u), (int) Math.floor(9 * v));
    };
  }

  private static double triangleWave(double x) {
    double phase = x - Math.floor(x);
    return 4 * Math.abs(phase - 0.5) - 1;
  }

  private static double speckle(int column, int row) {
    int hash = (column * 0x9E3779B1 ^ row * 0x85EBCA77) * 0xC2B2AE3D;
    return (hash >>> 24) / 127.5 - 1;
  }
}
