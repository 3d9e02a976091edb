package io.sa2va.core.evaluate;

import io.sa2va.Mask;

/**
 * The cumulative intersection over union of referring segmentation: all intersections together over
 * all unions together, so that large objects count more. Not thread-safe.
 */
public final class CumulativeIou {
  private static final double EPSILON = 1e-10;

  private long intersections;
  private long unions;
  private long count;

  /** Starts with nothing. */
  public CumulativeIou() {}

  /**
   * Adds an object.
   *
   * @param predicted its mask as the model drew it, empty if it drew none
   * @param target its true mask, of the same size
   * @throws IllegalArgumentException if the sizes differ
   */
  public void add(Mask predicted, Mask target) {
    intersections += predicted.intersection(target).area();
    unions += predicted.union(target).area();
    count++;
  }

  /** How many objects were added. */
  public long count() {
    return count;
  }

  /** From 0 to 1; 0 while nothing was added. */
  public double value() {
    return intersections / (unions + EPSILON);
  }
}
