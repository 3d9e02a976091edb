package io.sa2va;

/**
 * The raw numbers behind a mask: one logit a pixel, above 0 where the mask is set. Immutable.
 *
 * @see ChatRequest.Builder#keepLogits(boolean)
 */
public final class MaskLogits {
  private final int width;
  private final int height;
  private final float[] values;

  private MaskLogits(int width, int height, float[] values) {
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /**
   * Makes one from numbers row by row.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param values {@code width * height} logits, copied
   * @return the logits
   * @throws IllegalArgumentException if the count does not fit the size
   */
  public static MaskLogits of(int width, int height, float[] values) {
    PixelGrid.check(width, height);
    PixelGrid.checkLength("values", width * height, values.length);
    return new MaskLogits(width, height, values.clone());
  }

  /**
   * The width.
   *
   * @return in pixels
   */
  public int width() {
    return width;
  }

  /**
   * The height.
   *
   * @return in pixels
   */
  public int height() {
    return height;
  }

  /**
   * One pixel's logit.
   *
   * @param x from 0, left to right
   * @param y from 0, top to bottom
   * @return the logit
   * @throws IndexOutOfBoundsException if the pixel lies outside
   */
  public float get(int x, int y) {
    PixelGrid.checkInside(x, y, width, height);
    return values[y * width + x];
  }

  /**
   * One pixel's probability of being part of the mask: the logistic function of its logit.
   *
   * @param x from 0, left to right
   * @param y from 0, top to bottom
   * @return 0 to 1
   * @throws IndexOutOfBoundsException if the pixel lies outside
   */
  public double probability(int x, int y) {
    return 1 / (1 + Math.exp(-get(x, y)));
  }

  /**
   * All logits row by row.
   *
   * @return a copy
   */
  public float[] values() {
    return values.clone();
  }

  /**
   * The pixels above a logit.
   *
   * @param logit 0 gives the usual mask; higher gives a smaller one
   * @return the mask
   */
  public Mask above(float logit) {
    boolean[] set = new boolean[values.length];
    for (int i = 0; i < set.length; i++) {
      set[i] = values[i] > logit;
    }
    return Mask.of(width, height, set);
  }
}
