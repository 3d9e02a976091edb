package io.sa2va.core.prepare;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Bicubic resizing with the very integers of Pillow's {@code Image.resize}, which the reference
 * uses for every picture: tiles, thumbnails, SAM2's square and Qwen-VL's native resolution.
 *
 * <p>Two passes, along the rows and then along the columns (the other way round for a very tall
 * picture); each rounds to 8 bits, and a pass that would keep the size is skipped. Source: {@code
 * ImagingResample} of Pillow's Resample.c and {@code Image.resize} of Pillow 12. Stateless.
 */
public final class PillowResize {
  private static final int HALF = 1 << (BicubicWeights.PRECISION_BITS - 1);
  private static final int ROWS_PER_STRIP = 16;

  /** Below this many multiplications a second thread costs more than it saves. */
  private static final long PARALLEL_WORK = 1L << 21;

  /** A picture taller than this many widths is shrunk along its height first. */
  private static final long TALL_RATIO = 100;

  private PillowResize() {}

  /**
   * The whole picture at another size; the picture itself if it has that size already.
   *
   * @throws IllegalArgumentException if a side is below 1
   * @throws PrepareException if the result or what is between the passes exceeds 2^31 bytes
   */
  public static RgbPixels bicubic(RgbPixels picture, int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture can be resized to 1x1 or more, but " + width + "x" + height + " was asked");
    }
    boolean tall = picture.height() > picture.width() * TALL_RATIO;
    if (tall && height < picture.height()) {
      return resizeRows(resizeColumns(picture, height), width);
    }
    return resizeColumns(resizeRows(picture, width), height);
  }

  private static RgbPixels resizeRows(RgbPixels picture, int width) {
    if (width == picture.width()) {
      return picture;
    }
    BicubicWeights weights = BicubicWeights.of(picture.width(), width);
    byte[] resized = RgbPixels.allocate(width, picture.height());
    long work = (long) resized.length * weights.count(width / 2);
    forEachStrip(
        picture.height(),
        work,
        (from, to) -> {
          for (int y = from; y < to; y++) {
            resizeRow(picture, y, weights, width, resized);
          }
        });
    return RgbPixels.of(width, picture.height(), resized);
  }

  private static void resizeRow(
      RgbPixels picture, int y, BicubicWeights axis, int width, byte[] resized) {
    byte[] samples = picture.samples();
    int[] weights = axis.weights();
    int rowStart = y * picture.width() * RgbPixels.CHANNELS;
    int target = y * width * RgbPixels.CHANNELS;
    for (int x = 0; x < width; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int source = rowStart + axis.first(x) * RgbPixels.CHANNELS;
      int end = axis.offset(x) + axis.count(x);
      for (int i = axis.offset(x); i < end; i++) {
        int weight = weights[i];
        red += (samples[source++] & 0xff) * weight;
        green += (samples[source++] & 0xff) * weight;
        blue += (samples[source++] & 0xff) * weight;
      }
      resized[target++] = clip(red);
      resized[target++] = clip(green);
      resized[target++] = clip(blue);
    }
  }

  private static RgbPixels resizeColumns(RgbPixels picture, int height) {
    if (height == picture.height()) {
      return picture;
    }
    BicubicWeights weights = BicubicWeights.of(picture.height(), height);
    byte[] resized = RgbPixels.allocate(picture.width(), height);
    long work = (long) resized.length * weights.count(height / 2);
    forEachStrip(
        height,
        work,
        (from, to) -> {
          int[] sums = new int[picture.width() * RgbPixels.CHANNELS];
          for (int y = from; y < to; y++) {
            sumRows(picture, weights, y, sums);
            int target = y * sums.length;
            for (int i = 0; i < sums.length; i++) {
              resized[target + i] = clip(sums[i]);
            }
          }
        });
    return RgbPixels.of(picture.width(), height, resized);
  }

  /** Whole rows at a time: the inner loop runs along memory and the compiler vectorizes it. */
  private static void sumRows(RgbPixels picture, BicubicWeights axis, int y, int[] sums) {
    byte[] samples = picture.samples();
    Arrays.fill(sums, HALF);
    for (int tap = 0; tap < axis.count(y); tap++) {
      int weight = axis.weights()[axis.offset(y) + tap];
      int source = (axis.first(y) + tap) * sums.length;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (samples[source + i] & 0xff) * weight;
      }
    }
  }

  private static byte clip(int fixedPoint) {
    int sample = fixedPoint >> BicubicWeights.PRECISION_BITS;
    return (byte) Math.max(0, Math.min(255, sample));
  }

  private static void forEachStrip(int rows, long work, RowRange body) {
    if (work < PARALLEL_WORK) {
      body.accept(0, rows);
      return;
    }
    int strips = (rows - 1) / ROWS_PER_STRIP + 1;
    IntStream.range(0, strips)
        .parallel()
        .forEach(
            strip -> {
              int from = strip * ROWS_PER_STRIP;
              body.accept(from, Math.min(rows - from, ROWS_PER_STRIP) + from);
            });
  }

  @FunctionalInterface
  private interface RowRange {
    void accept(int from, int to);
  }
}
