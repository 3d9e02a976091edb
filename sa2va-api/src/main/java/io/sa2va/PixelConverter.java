package io.sa2va;

import io.sa2va.error.InvalidImageException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Turns pictures of any kind into 8-bit RGB.
 *
 * <p>Red, green, blue and grey samples are taken as they are. Java's own conversion would apply
 * colour profiles and take grey for linear light, which changes the values.
 */
final class PixelConverter {
  /** What shows through transparent pixels. */
  enum Background {
    WHITE(255),
    BLACK(0);

    private final int value;

    Background(int value) {
      this.value = value;
    }

    private byte under(int above, int alpha) {
      return (byte) ((above * alpha + value * (255 - alpha) + 127) / 255);
    }
  }

  /** Reads one pixel of a row of samples as 8-bit ARGB, not premultiplied. */
  private interface PixelReader {
    int argb(int[] samples, int at);
  }

  private PixelConverter() {}

  static Image toImage(BufferedImage picture, Background background) {
    checkSize(picture.getWidth(), picture.getHeight());
    int width = picture.getWidth();
    int height = picture.getHeight();
    byte[] rgb = new byte[3 * width * height];
    ColorModel colours = picture.getColorModel();
    if (isPlain(colours)) {
      copySamples(picture.getRaster(), pixelReader(colours), background, rgb);
    } else {
      int[] row = new int[width];
      for (int y = 0; y < height; y++) {
        picture.getRGB(0, y, width, 1, row, 0, width);
        putRow(row, background, rgb, 3 * y * width);
      }
    }
    return Image.owning(width, height, rgb);
  }

  static Image ofArgb(int width, int height, int[] argb) {
    byte[] rgb = new byte[3 * width * height];
    putRow(argb, Background.WHITE, rgb, 0);
    return Image.owning(width, height, rgb);
  }

  /** Refuses what does not fit in memory before any is taken. */
  static void checkSize(int width, int height) {
    if ((long) width * height > PixelGrid.MAX_PIXELS) {
      throw new InvalidImageException(
          "the picture is %dx%d, more than the limit of %d pixels; make it smaller"
              .formatted(width, height, PixelGrid.MAX_PIXELS));
    }
  }

  private static void copySamples(
      Raster raster, PixelReader reader, Background background, byte[] rgb) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int[] samples = new int[width * bands];
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, samples);
      for (int x = 0; x < width; x++) {
        row[x] = reader.argb(samples, x * bands);
      }
      putRow(row, background, rgb, 3 * y * width);
    }
  }

  private static void putRow(int[] argb, Background background, byte[] rgb, int start) {
    int at = start;
    for (int pixel : argb) {
      int alpha = pixel >>> 24;
      rgb[at++] = background.under(pixel >> 16 & 0xFF, alpha);
      rgb[at++] = background.under(pixel >> 8 & 0xFF, alpha);
      rgb[at++] = background.under(pixel & 0xFF, alpha);
    }
  }

  /** Whether the samples are red, green, blue or grey levels, or numbers of colours. */
  private static boolean isPlain(ColorModel colours) {
    int type = colours.getColorSpace().getType();
    return colours instanceof IndexColorModel
        || ((type == ColorSpace.TYPE_RGB || type == ColorSpace.TYPE_GRAY)
            && !colours.isAlphaPremultiplied()
            && (colours.getTransferType() == DataBuffer.TYPE_BYTE
                || colours.getTransferType() == DataBuffer.TYPE_USHORT
                || colours.getTransferType() == DataBuffer.TYPE_INT));
  }

  private static PixelReader pixelReader(ColorModel colours) {
    if (colours instanceof IndexColorModel palette) {
      return (samples, at) -> palette.getRGB(samples[at]);
    }
    int[] bits = colours.getComponentSize();
    int green = colours.getNumColorComponents() == 1 ? 0 : 1;
    int blue = colours.getNumColorComponents() == 1 ? 0 : 2;
    int alpha = colours.getNumColorComponents();
    boolean opaque = !colours.hasAlpha();
    return (samples, at) ->
        (opaque ? 255 : to8Bits(samples[at + alpha], bits[alpha])) << 24
            | to8Bits(samples[at], bits[0]) << 16
            | to8Bits(samples[at + green], bits[green]) << 8
            | to8Bits(samples[at + blue], bits[blue]);
  }

  /** Keeps the highest bits of larger samples, as Pillow does, and stretches smaller ones. */
  private static int to8Bits(int sample, int bits) {
    if (bits >= 8) {
      return sample >>> (bits - 8);
    }
    int most = (1 << bits) - 1;
    return (sample * 255 + most / 2) / most;
  }
}
