package io.sa2va.core.evaluate;

import io.sa2va.Mask;

/**
 * How well the outlines of two masks agree: the measure F of DAVIS (Perazzi et al., 2016), the
 * harmonic mean of the shares of either outline that lie near the other. Near is within 0.008 of
 * the picture's diagonal, rounded up to whole pixels.
 */
public final class BoundaryAccuracy {
  private static final double TOLERANCE = 0.008;

  private final boolean[] boundary;
  private final boolean[] near;

  private BoundaryAccuracy(Mask mask) {
    boundary = boundary(mask);
    near = dilate(boundary, mask.width(), mask.height());
  }

  /**
   * Compares two masks.
   *
   * @param predicted as the model drew it
   * @param target of the same size
   * @return 0 to 1; 1 if both are empty, 0 if one is
   * @throws IllegalArgumentException if the sizes differ
   */
  public static double of(Mask predicted, Mask target) {
    if (predicted.width() != target.width() || predicted.height() != target.height()) {
      throw new IllegalArgumentException(predicted + " and " + target + " differ in size");
    }
    BoundaryAccuracy found = new BoundaryAccuracy(predicted);
    BoundaryAccuracy truth = new BoundaryAccuracy(target);
    int foundPixels = count(found.boundary);
    int truePixels = count(truth.boundary);
    if (foundPixels == 0 || truePixels == 0) {
      return foundPixels == truePixels ? 1 : 0;
    }
    double precision = (double) countBoth(found.boundary, truth.near) / foundPixels;
    double recall = (double) countBoth(truth.boundary, found.near) / truePixels;
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /** Pixels that differ from the next one to the right, below, or both. */
  private static boolean[] boundary(Mask mask) {
    int right = mask.width() - 1;
    int bottom = mask.height() - 1;
    boolean[] boundary = new boolean[mask.width() * mask.height()];
    for (int y = 0; y <= bottom; y++) {
      for (int x = 0; x <= right; x++) {
        boolean here = mask.get(x, y);
        boolean east = x < right && here != mask.get(x + 1, y);
        boolean south = y < bottom && here != mask.get(x, y + 1);
        boolean corner = x < right && y < bottom && here != mask.get(x + 1, y + 1);
        boundary[y * mask.width() + x] = east || south || corner;
      }
    }
    return boundary;
  }

  private static boolean[] dilate(boolean[] boundary, int width, int height) {
    int radius = (int) Math.ceil(TOLERANCE * Math.hypot(width, height));
    boolean[] near = new boolean[boundary.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (boundary[y * width + x]) {
          fillDisk(near, x, y, radius, width, height);
        }
      }
    }
    return near;
  }

  private static void fillDisk(boolean[] near, int x, int y, int radius, int width, int height) {
    int bottom = Math.min(height - 1, y + radius);
    for (int row = Math.max(0, y - radius); row <= bottom; row++) {
      int reach = (int) Math.sqrt(radius * radius - (row - y) * (row - y));
      int right = Math.min(width - 1, x + reach);
      for (int column = Math.max(0, x - reach); column <= right; column++) {
        near[row * width + column] = true;
      }
    }
  }

  private static int count(boolean[] set) {
    return countBoth(set, set);
  }

  private static int countBoth(boolean[] a, boolean[] b) {
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      count += a[i] && b[i] ? 1 : 0;
    }
    return count;
  }
}
