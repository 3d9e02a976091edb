package io.sa2va;

import java.util.Random;

/** Masks to test with, the same in every run. */
final class Masks {
  private Masks() {}

  interface Rule {
    boolean isSet(int x, int y);
  }

  static Mask where(int width, int height, Rule rule) {
    boolean[] set = new boolean[width * height];
    for (int i = 0; i < set.length; i++) {
      set[i] = rule.isSet(i % width, i / width);
    }
    return Mask.of(width, height, set);
  }

  /** Sizes from 1x1 to 140x60, densities from empty to full; every other one in larger blobs. */
  static Mask random(int seed) {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(140);
    int height = 1 + random.nextInt(60);
    double density = random.nextInt(6) / 5.0;
    int blob = seed % 2 == 0 ? 1 : 5;
    boolean[] coarse = new boolean[width * height];
    for (int i = 0; i < coarse.length; i++) {
      coarse[i] = random.nextDouble() < density;
    }
    return where(width, height, (x, y) -> coarse[y / blob * width + x / blob]);
  }
}
