package io.sa2va.core.scenes;

/**
 * Loses detail as picture compression does: rounds the Walsh-Hadamard coefficients of 8x8 blocks,
 * the fine ones more. Cheaper than a cosine transform and as blocky.
 */
final class BlockCompression {
  private static final int SIDE = 8;

  private final float[] steps = new float[SIDE * SIDE];

  /**
   * Compression of a strength.
   *
   * @param step the larger, the more is lost; values about 8 to 28 look like pictures of the web
   */
  BlockCompression(int step) {
    for (int i = 0; i < steps.length; i++) {
      int changes = sequency(i % SIDE) + sequency(i / SIDE);
      steps[i] = 2f * step * (1 + changes);
    }
  }

  /** How often the Hadamard row of this index changes its sign. */
  private static int sequency(int row) {
    int changes = 0;
    for (int i = 1; i < SIDE; i++) {
      changes += (Integer.bitCount(row & i) ^ Integer.bitCount(row & i - 1)) & 1;
    }
    return changes;
  }

  /** Changes the canvas; blocks that stick out at the right and the bottom stay as they are. */
  void apply(Canvas canvas) {
    float[] block = new float[SIDE * SIDE];
    for (int y = 0; y + SIDE <= canvas.height(); y += SIDE) {
      for (int x = 0; x + SIDE <= canvas.width(); x += SIDE) {
        for (int channel = 0; channel < 3; channel++) {
          int at = 3 * (y * canvas.width() + x) + channel;
          compress(canvas.rgb(), at, 3 * canvas.width(), block);
        }
      }
    }
  }

  private void compress(float[] rgb, int at, int stride, float[] block) {
    for (int y = 0, i = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++, i++) {
        block[i] = rgb[at + y * stride + x * 3];
      }
    }
    transform(block);
    for (int i = 0; i < block.length; i++) {
      block[i] = steps[i] * (float) Math.rint(block[i] / steps[i]) / block.length;
    }
    transform(block);
    for (int y = 0, i = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++, i++) {
        rgb[at + y * stride + x * 3] = block[i];
      }
    }
  }

  /** The unscaled Walsh-Hadamard transform of a block in two dimensions; twice is 64 times it. */
  private static void transform(float[] block) {
    for (int half = 1; half < block.length; half *= 2) {
      for (int start = 0; start < block.length; start += 2 * half) {
        for (int i = start; i < start + half; i++) {
          float a = block[i];
          float b = block[i + half];
          block[i] = a + b;
          block[i + half] = a - b;
        }
      }
    }
  }
}
