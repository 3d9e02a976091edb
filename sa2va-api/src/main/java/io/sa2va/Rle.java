package io.sa2va;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A mask in the run-length code of the COCO data set: the lengths of the runs of 0 and 1 in turn, 0
 * first, column by column. Immutable.
 */
public final class Rle {
  private final int width;
  private final int height;
  private final int[] counts;

  private Rle(int width, int height, int[] counts) {
    this.width = width;
    this.height = height;
    this.counts = counts;
  }

  /**
   * Encodes a mask.
   *
   * @param mask the mask
   * @return the code
   */
  public static Rle of(Mask mask) {
    IntStream.Builder counts = IntStream.builder();
    boolean current = false;
    int run = 0;
    for (int x = 0; x < mask.width(); x++) {
      for (int y = 0; y < mask.height(); y++) {
        if (mask.get(x, y) != current) {
          counts.add(run);
          run = 0;
          current = !current;
        }
        run++;
      }
    }
    counts.add(run);
    return new Rle(mask.width(), mask.height(), counts.build().toArray());
  }

  /**
   * Makes a code from its counts.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param counts lengths of the runs of 0 and 1 in turn, 0 first, column by column
   * @return the code
   * @throws IllegalArgumentException if a count is negative or they do not fill the size
   */
  public static Rle ofCounts(int width, int height, List<Integer> counts) {
    return ofCounts(width, height, counts.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Rle ofCounts(int width, int height, int[] counts) {
    PixelGrid.check(width, height);
    int pixels = width * height;
    long sum = 0;
    for (int count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("counts must be at least 0, but one was " + count);
      }
      sum += count;
    }
    if (sum != pixels) {
      throw new IllegalArgumentException(
          "counts must add up to the %d pixels of %dx%d, but came to %d"
              .formatted(pixels, width, height, sum));
    }
    return new Rle(width, height, counts);
  }

  /**
   * Reads the compressed text form, as pycocotools writes it.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param text the {@code counts} text
   * @return the code
   * @throws IllegalArgumentException if it is no such text or does not fill the size
   */
  public static Rle parseCoco(int width, int height, String text) {
    return ofCounts(width, height, RleText.parse(text));
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
   * The lengths of the runs of 0 and 1 in turn, 0 first, column by column.
   *
   * @return unmodifiable
   */
  public List<Integer> counts() {
    return Arrays.stream(counts).boxed().toList();
  }

  /**
   * The compressed text form, as pycocotools writes it in {@code counts}; the {@code size} beside
   * it is {@code [height, width]}.
   *
   * @return the text
   */
  public String toCoco() {
    return RleText.write(counts);
  }

  /**
   * Decodes the mask.
   *
   * @return the mask
   */
  public Mask toMask() {
    boolean[] set = new boolean[width * height];
    int pixel = 0;
    for (int i = 0; i < counts.length; i++) {
      int end = pixel + counts[i];
      for (; pixel < end; pixel++) {
        set[pixel % height * width + pixel / height] = i % 2 == 1;
      }
    }
    return Mask.of(width, height, set);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Rle rle
        && width == rle.width
        && height == rle.height
        && Arrays.equals(counts, rle.counts);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "Rle[%dx%d, runs=%d]".formatted(width, height, counts.length);
  }
}
