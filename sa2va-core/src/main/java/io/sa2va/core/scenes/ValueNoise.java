package io.sa2va.core.scenes;

/** Smooth noise: random values on a lattice, bilinear between them. */
final class ValueNoise {
  private final int cell;
  private final int columns;
  private final float[] lattice;

  /** Noise with a random value every {@code cell} pixels. */
  ValueNoise(SceneRandom random, int width, int height, int cell) {
    this.cell = cell;
    this.columns = width / cell + 2;
    this.lattice = new float[columns * (height / cell + 2)];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = (float) random.between(0, 1.0);
    }
  }

  /** The noise at a pixel, 0 to 1. */
  float at(int x, int y) {
    int corner = y / cell * columns + x / cell;
    float right = smooth((float) (x % cell) / cell);
    float down = smooth((float) (y % cell) / cell);
    float above = lattice[corner] + right * (lattice[corner + 1] - lattice[corner]);
    int next = corner + columns;
    float below = lattice[next] + right * (lattice[next + 1] - lattice[next]);
    return above + down * (below - above);
  }

  private static float smooth(float t) {
    return t * t * (3 - 2 * t);
  }
}
