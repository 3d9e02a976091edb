package io.sa2va.core.scenes;

import io.sa2va.Image;

/** A picture in the making: red, green and blue as floats about 0 to 255, row by row. */
final class Canvas {
  private final int width;
  private final int height;
  private final float[] rgb;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.rgb = new float[3 * width * height];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The values themselves, to be changed. */
  float[] rgb() {
    return rgb;
  }

  void set(int x, int y, Rgb color) {
    int at = 3 * (y * width + x);
    rgb[at] = color.red();
    rgb[at + 1] = color.green();
    rgb[at + 2] = color.blue();
  }

  /** Lays a colour over a pixel; {@code share} is 0 for nothing of it to 1 for only it. */
  void lay(int x, int y, Rgb color, float share) {
    int at = 3 * (y * width + x);
    rgb[at] += share * (color.red() - rgb[at]);
    rgb[at + 1] += share * (color.green() - rgb[at + 1]);
    rgb[at + 2] += share * (color.blue() - rgb[at + 2]);
  }

  Image toImage() {
    byte[] bytes = new byte[rgb.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.max(0, Math.min(255, (int) (rgb[i] + 0.5f)));
    }
    return Image.ofRgb(width, height, bytes);
  }
}
