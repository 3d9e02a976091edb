package io.sa2va.benchmarks;

import io.sa2va.Image;
import io.sa2va.core.prepare.RgbPixels;
import java.util.Random;

/** Pictures of soft colours and noise; the same at each call. */
final class Pictures {
  private Pictures() {}

  static RgbPixels pixels(int width, int height) {
    return RgbPixels.of(width, height, samples(width, height, 0));
  }

  /**
   * A picture for the public API.
   *
   * @param shift moves the colours, for the frames of a video
   */
  static Image image(int width, int height, int shift) {
    return Image.ofRgb(width, height, samples(width, height, shift));
  }

  private static byte[] samples(int width, int height, int shift) {
    Random noise = new Random(width * 31L + height);
    byte[] samples = new byte[width * height * 3];
    for (int i = 0; i < samples.length; i++) {
      int x = i / 3 % width + shift;
      int y = i / 3 / width;
      samples[i] = (byte) ((x + y * (1 + i % 3)) / 4 + noise.nextInt(16));
    }
    return samples;
  }
}
