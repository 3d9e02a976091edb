package io.sa2va;

import java.awt.image.BufferedImage;

/** Turns pictures of any kind into 8-bit RGB. */
final class PixelConverter {
  private PixelConverter() {}

  static Image toImage(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    return ofArgb(width, height, picture.getRGB(0, 0, width, height, null, 0, width));
  }

  static Image ofArgb(int width, int height, int[] argb) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < argb.length; i++) {
      int alpha = argb[i] >>> 24;
      rgb[3 * i] = onWhite(argb[i] >> 16 & 0xFF, alpha);
      rgb[3 * i + 1] = onWhite(argb[i] >> 8 & 0xFF, alpha);
      rgb[3 * i + 2] = onWhite(argb[i] & 0xFF, alpha);
    }
    return Image.owning(width, height, rgb);
  }

  private static byte onWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}
