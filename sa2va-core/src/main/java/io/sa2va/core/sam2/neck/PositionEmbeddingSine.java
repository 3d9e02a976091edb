package io.sa2va.core.sam2.neck;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/**
 * Fixed positions of a grid: the first half of the channels tells the row, the second the column,
 * as sines (even channels) and cosines (odd ones) of falling frequencies.
 *
 * <p>Reference: {@code PositionEmbeddingSine} in sam2's position_encoding.py, normalised, with
 * temperature 10000. Rows and columns count from 1 and are scaled to end at 2π.
 */
public final class PositionEmbeddingSine {
  private static final double TEMPERATURE = 10000;
  private static final double FULL_TURN = 2 * Math.PI;
  private static final double EPS = 1e-6;

  private PositionEmbeddingSine() {}

  /**
   * The positions of a grid.
   *
   * @param channels a multiple of 4
   * @return (1, channels, height, width), float32, on the CPU
   */
  public static Tensor of(int channels, int height, int width) {
    int half = channels / 2;
    Tensor rows = Tensors.of(axis(half, height), 1, half, height, 1).expand(1, half, height, width);
    Tensor columns =
        Tensors.of(axis(half, width), 1, half, 1, width).expand(1, half, height, width);
    return Tensors.cat(1, rows, columns); // (1, C, H, W)
  }

  /** Channel by channel, the values at each place of one axis. */
  private static float[] axis(int channels, int length) {
    float[] values = new float[channels * length];
    for (int channel = 0; channel < channels; channel++) {
      int pair = channel / 2;
      double period = Math.pow(TEMPERATURE, 2.0 * pair / channels);
      for (int i = 0; i < length; i++) {
        double angle = (i + 1) / (length + EPS) * FULL_TURN / period;
        values[channel * length + i] =
            (float) (channel % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
      }
    }
    return values;
  }
}
