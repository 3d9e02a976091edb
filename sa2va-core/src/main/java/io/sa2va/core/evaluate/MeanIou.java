package io.sa2va.core.evaluate;

import io.sa2va.Mask;

/**
 * The mean intersection over union of referring segmentation (gIoU): every object counts the same,
 * and one that is rightly empty counts as 1. Not thread-safe.
 */
public final class MeanIou {
  private static final double EPSILON = 1e-5;

  private double sum;
  private long count;

  /** Starts with nothing. */
  public MeanIou() {}

  /**
   * Adds an object.
   *
   * @param predicted its mask as the model drew it, empty if it drew none
   * @param target its true mask, of the same size
   * @throws IllegalArgumentException if the sizes differ
   */
  public void add(Mask predicted, Mask target) {
    int union = predicted.union(target).area();
    sum += union == 0 ? 1 : predicted.intersection(target).area() / (union + EPSILON);
    count++;
  }

  /** How many objects were added. */
  public long count() {
    return count;
  }

  /** From 0 to 1; 0 while nothing was added. */
  public double value() {
    return count == 0 ? 0 : sum / count;
  }
}
