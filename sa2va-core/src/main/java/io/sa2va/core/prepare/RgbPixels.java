package io.sa2va.core.prepare;

import io.sa2va.Image;

/**
 * An 8-bit RGB picture: rows from the top, three interleaved bytes (red, green, blue) a pixel.
 *
 * <p>Immutable and safe to share between threads, as long as the array given to {@link #of} is left
 * alone.
 */
public final class RgbPixels {
  static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] samples;

  private RgbPixels(int width, int height, byte[] samples) {
    this.width = width;
    this.height = height;
    this.samples = samples;
  }

  /** The pixels of a picture. */
  public static RgbPixels of(Image image) {
    return of(image.width(), image.height(), image.rgb());
  }

  /**
   * Wraps {@code samples} without copying; the caller must not change them afterwards.
   *
   * @param samples {@code height * width * 3} bytes
   * @throws IllegalArgumentException if a side is below 1 or the array has another length
   */
  public static RgbPixels of(int width, int height, byte[] samples) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture is at least 1x1, but was " + width + "x" + height);
    }
    long expected = (long) width * height * CHANNELS;
    if (samples.length != expected) {
      throw new IllegalArgumentException(
          "a %dx%d RGB picture has %d bytes, but %d were given"
              .formatted(width, height, expected, samples.length));
    }
    return new RgbPixels(width, height, samples);
  }

  /**
   * An array for the samples of a picture of this size.
   *
   * @throws PrepareException if that is more than one Java array holds
   */
  static byte[] allocate(int width, int height) {
    long length = (long) width * height * CHANNELS;
    if (length > Integer.MAX_VALUE - 8) {
      throw new PrepareException(
          "a %dx%d picture does not fit into memory: at most 2^31 / 3 pixels are supported"
              .formatted(width, height));
    }
    return new byte[(int) length];
  }

  /** Pixels in a row. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** One sample, 0 to 255; channels are 0 red, 1 green, 2 blue. */
  public int sample(int x, int y, int channel) {
    return samples[offset(x, y) + channel] & 0xff;
  }

  /**
   * A copy of the rectangle whose top left pixel is ({@code x}, {@code y}).
   *
   * @throws IllegalArgumentException if the rectangle is empty or leaves the picture
   */
  public RgbPixels crop(int x, int y, int cropWidth, int cropHeight) {
    if (x < 0
        || y < 0
        || cropWidth < 1
        || cropHeight < 1
        || cropWidth > width - x
        || cropHeight > height - y) {
      throw new IllegalArgumentException(
          "the rectangle %dx%d at (%d, %d) is not inside the %dx%d picture"
              .formatted(cropWidth, cropHeight, x, y, width, height));
    }
    int rowLength = cropWidth * CHANNELS;
    byte[] cropped = new byte[rowLength * cropHeight];
    for (int row = 0; row < cropHeight; row++) {
      System.arraycopy(samples, offset(x, y + row), cropped, row * rowLength, rowLength);
    }
    return new RgbPixels(cropWidth, cropHeight, cropped);
  }

  /** The samples themselves, not a copy: for reading only. */
  byte[] samples() {
    return samples;
  }

  private int offset(int x, int y) {
    return (y * width + x) * CHANNELS;
  }
}
