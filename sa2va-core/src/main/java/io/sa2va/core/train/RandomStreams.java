package io.sa2va.core.train;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random numbers that follow from a run's seed and a place in it. */
final class RandomStreams {
  private RandomStreams() {}

  /** Those of one try at one place. */
  static RandomGenerator of(long seed, long place, long attempt) {
    return new SplittableRandom(mix(mix(mix(seed) + place) + attempt));
  }

  /** A number in which each bit of another has its say (the finalizer of MurmurHash3). */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
