package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Seeded draws, the same on every machine and JDK: SplitMix64 (Steele, Lea and Flood, 2014) and
 * exact arithmetic. Not thread-safe.
 */
final class SceneRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  SceneRandom(long seed) {
    this.state = seed;
  }

  /** Draws for one purpose ({@code stream}) of one scene of one world. */
  static SceneRandom of(long seed, long index, long stream) {
    return new SceneRandom(mix(mix(mix(seed + GOLDEN) + index) + stream));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** From {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return least + below(most - least + 1);
  }

  /** From {@code least} to below {@code most}; {@code least} if that is not below {@code most}. */
  double between(double least, double most) {
    double unit = (nextLong() >>> 11) * 0x1.0p-53;
    return least + unit * Math.max(0, most - least);
  }

  boolean chance(double probability) {
    return between(0.0, 1.0) < probability;
  }

  /** Either -1 or 1. */
  int sign() {
    return chance(0.5) ? 1 : -1;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  <T> T pick(T[] choices) {
    return choices[below(choices.length)];
  }

  <T> List<T> shuffled(List<T> values) {
    List<T> order = new ArrayList<>(values);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, below(i + 1));
    }
    return order;
  }
}
