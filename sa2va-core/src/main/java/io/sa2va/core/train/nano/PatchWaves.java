package io.sa2va.core.train.nano;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Filters that cut pictures into patches, to begin with: the waves of a discrete cosine transform,
 * from the longest to the shortest, of brightness and of two opposed pairs of colours. Edges are
 * seen from the first step on, which random filters must learn first.
 */
final class PatchWaves {
  private static final double[][] COLORS = {
    {1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)},
    {1 / Math.sqrt(2), -1 / Math.sqrt(2), 0},
    {1 / Math.sqrt(6), 1 / Math.sqrt(6), -2 / Math.sqrt(6)}
  };

  private record Wave(int color, int u, int v) {}

  private PatchWaves() {}

  /** (D, 3, p, p). */
  static Tensor of(List<Long> shape) {
    int filters = Math.toIntExact(shape.get(0));
    int side = Math.toIntExact(shape.get(2));
    List<Wave> waves = waves(side);
    float[] values = new float[filters * 3 * side * side];
    int at = 0;
    for (int filter = 0; filter < filters; filter++) {
      Wave wave = waves.get(filter % waves.size());
      for (int channel = 0; channel < 3; channel++) {
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            values[at++] = (float) (COLORS[wave.color()][channel] * value(wave, x, y, side));
          }
        }
      }
    }
    return Tensors.of(values, filters, 3, side, side);
  }

  private static List<Wave> waves(int side) {
    List<Wave> waves = new ArrayList<>();
    for (int color = 0; color < COLORS.length; color++) {
      for (int u = 0; u < side; u++) {
        for (int v = 0; v < side; v++) {
          waves.add(new Wave(color, u, v));
        }
      }
    }
    waves.sort(Comparator.comparingInt(wave -> wave.u() + wave.v()));
    return waves;
  }

  /** Shorter waves are fainter in pictures, so their filters are stronger. */
  private static double value(Wave wave, int x, int y, int side) {
    double gain = (1 + 0.5 * (wave.u() + wave.v())) / side;
    return gain
        * Math.cos(Math.PI * wave.u() * (x + 0.5) / side)
        * Math.cos(Math.PI * wave.v() * (y + 0.5) / side);
  }
}
