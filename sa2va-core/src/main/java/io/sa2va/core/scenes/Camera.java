package io.sa2va.core.scenes;

import io.sa2va.Image;

/** Takes the picture of a painted canvas: blur, contrast, sensor noise, compression. */
final class Camera {
  /** Standard deviation of the sum of four uniform bytes. */
  private static final float BYTES_DEVIATION = 147.8f;

  private static final int BYTES_MEAN = 510;

  private final Look look;

  Camera(Look look) {
    this.look = look;
  }

  /** Uses the canvas up. */
  Image take(Canvas canvas, SceneRandom random) {
    if (look.blur() > 0) {
      blur(canvas);
    }
    expose(canvas.rgb());
    if (look.noise() > 0) {
      addNoise(canvas.rgb(), random);
    }
    if (look.compression() > 0) {
      new BlockCompression(look.compression()).apply(canvas);
    }
    return canvas.toImage();
  }

  private void blur(Canvas canvas) {
    float[] rgb = canvas.rgb();
    int stride = 3 * canvas.width();
    float side = look.blur() / 4;
    for (int y = 0; y < canvas.height(); y++) {
      blurLines(rgb, y * stride, 3, canvas.width(), 3, side);
    }
    blurLines(rgb, 0, stride, canvas.height(), stride, side);
  }

  /** Blurs {@code lines} interleaved lines of {@code length} values that lie {@code step} apart. */
  private static void blurLines(
      float[] values, int start, int step, int length, int lines, float side) {
    float[] before = new float[lines];
    System.arraycopy(values, start, before, 0, lines);
    for (int i = 0; i < length; i++) {
      int at = start + i * step;
      int next = i + 1 < length ? step : 0;
      for (int line = 0; line < lines; line++) {
        float here = values[at + line];
        float after = values[at + line + next];
        values[at + line] = here + side * (before[line] + after - 2 * here);
        before[line] = here;
      }
    }
  }

  private void expose(float[] rgb) {
    float lift = 128 + look.brightness() - 128 * look.contrast();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = rgb[i] * look.contrast() + lift;
    }
  }

  private void addNoise(float[] rgb, SceneRandom random) {
    float scale = look.noise() / BYTES_DEVIATION;
    for (int i = 0; i < rgb.length; i += 2) {
      long bits = random.nextLong();
      rgb[i] += scale * centredSum((int) bits);
      if (i + 1 < rgb.length) {
        rgb[i + 1] += scale * centredSum((int) (bits >>> 32));
      }
    }
  }

  /** Nearly normal: the sum of four bytes, less its mean. */
  private static int centredSum(int bits) {
    return (bits & 0xFF)
        + ((bits >>> 8) & 0xFF)
        + ((bits >>> 16) & 0xFF)
        + (bits >>> 24)
        - BYTES_MEAN;
  }
}
