package io.sa2va;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * Turns the stored components of a JPEG into 8-bit RGB with libjpeg's fixed-point formulas, so that
 * embedded colour profiles, which Java would apply or stumble over, play no part.
 */
final class JpegPixels {
  private static final int FRACTION_BITS = 16;
  private static final int HALF = 1 << (FRACTION_BITS - 1);

  /** The formulas of JFIF, YCbCr to RGB. */
  private static final int CR_TO_RED = fixed(1.40200);

  private static final int CB_TO_BLUE = fixed(1.77200);
  private static final int CR_TO_GREEN = fixed(0.71414);
  private static final int CB_TO_GREEN = fixed(0.34414);

  private JpegPixels() {}

  private static int fixed(double factor) {
    return (int) (factor * (1 << FRACTION_BITS) + 0.5);
  }

  static Image toImage(ImageReader reader, JpegHeader header) throws IOException {
    JpegHeader.Colours colours = header.colours();
    Raster raster = reader.readRaster(0, null);
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] samples = new int[width * bands];
    int[] pixel = new int[3];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, samples);
      for (int x = 0; x < width; x++) {
        convert(colours, samples, x * bands, pixel);
        rgb[at++] = (byte) pixel[0];
        rgb[at++] = (byte) pixel[1];
        rgb[at++] = (byte) pixel[2];
      }
    }
    return Image.owning(width, raster.getHeight(), rgb);
  }

  private static void convert(JpegHeader.Colours colours, int[] samples, int at, int[] rgb) {
    switch (colours) {
      case GREY -> fill(rgb, samples[at], samples[at], samples[at]);
      case RGB -> fill(rgb, samples[at], samples[at + 1], samples[at + 2]);
      case YCC -> yccToRgb(samples, at, rgb);
      case CMYK -> {
        fill(rgb, 255 - samples[at], 255 - samples[at + 1], 255 - samples[at + 2]);
        inkToRgb(rgb, samples[at + 3]);
      }
      case YCCK -> {
        yccToRgb(samples, at, rgb);
        inkToRgb(rgb, samples[at + 3]);
      }
    }
  }

  private static void fill(int[] rgb, int red, int green, int blue) {
    rgb[0] = red;
    rgb[1] = green;
    rgb[2] = blue;
  }

  private static void yccToRgb(int[] samples, int at, int[] rgb) {
    int luma = samples[at];
    int cb = samples[at + 1] - 128;
    int cr = samples[at + 2] - 128;
    fill(
        rgb,
        clip(luma + ((CR_TO_RED * cr + HALF) >> FRACTION_BITS)),
        clip(luma + ((-CB_TO_GREEN * cb - CR_TO_GREEN * cr + HALF) >> FRACTION_BITS)),
        clip(luma + ((CB_TO_BLUE * cb + HALF) >> FRACTION_BITS)));
  }

  /**
   * Mixes cyan, magenta and yellow ink with black as Pillow does.
   *
   * @param inks replaced by red, green and blue
   * @param white how much black is absent: Adobe, whose habit all follow, stores inks inverted
   */
  private static void inkToRgb(int[] inks, int white) {
    for (int i = 0; i < inks.length; i++) {
      inks[i] = clip(white - timesOver255(inks[i], white));
    }
  }

  /** The rounded {@code a * b / 255}. */
  private static int timesOver255(int a, int b) {
    int product = a * b + 128;
    return ((product >> 8) + product) >> 8;
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
