package io.sa2va.core.scenes;

import io.sa2va.Image;
import io.sa2va.Mask;
import java.awt.Color;
import java.util.Arrays;

/** Names the colour of the pixels under a mask as a person would, by hue and brightness. */
final class ColorNamer {
  private ColorNamer() {}

  static String name(Image image, Mask mask) {
    int[] reds = new int[mask.area()];
    int[] greens = reds.clone();
    int[] blues = reds.clone();
    int count = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y)) {
          int rgb = image.rgbAt(x, y);
          reds[count] = rgb >> 16;
          greens[count] = (rgb >> 8) & 0xFF;
          blues[count++] = rgb & 0xFF;
        }
      }
    }
    return name(Color.RGBtoHSB(median(reds), median(greens), median(blues), null));
  }

  private static int median(int[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static String name(float[] hsb) {
    if (hsb[2] < 0.25) {
      return "black";
    }
    if (hsb[1] < 0.4) {
      return hsb[2] > 0.82 ? "white" : "dull";
    }
    float degrees = hsb[0] * 360;
    if (degrees < 16 || degrees > 330) {
      return "red";
    }
    if (degrees < 43) {
      return "orange";
    }
    if (degrees < 80) {
      return "yellow";
    }
    if (degrees < 175) {
      return "green";
    }
    return degrees < 250 ? "blue" : "purple";
  }
}
