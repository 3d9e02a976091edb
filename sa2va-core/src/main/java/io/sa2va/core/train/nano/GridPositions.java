package io.sa2va.core.train.nano;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.List;

/**
 * Positions of a grid of patches to begin with: sines and cosines of the row in the first half of
 * the channels, of the column in the second, from one half turn over the grid to one every two
 * patches.
 */
final class GridPositions {
  private GridPositions() {}

  /** (1, 1 + g², D); the first place is that of the class token, and 0. */
  static Tensor of(List<Long> shape) {
    int places = Math.toIntExact(shape.get(1));
    int width = Math.toIntExact(shape.get(2));
    int grid = (int) Math.round(Math.sqrt(places - 1.0));
    float[] values = new float[places * width];
    for (int place = 1; place < places; place++) {
      int cell = place - 1;
      for (int channel = 0; channel < width; channel++) {
        int along = channel < width / 2 ? cell / grid : cell % grid;
        values[place * width + channel] = wave(along, channel % (width / 2), width / 2, grid);
      }
    }
    return Tensors.of(values, 1, places, width);
  }

  private static float wave(int along, int channel, int channels, int grid) {
    int waves = Math.max(1, channels / 2);
    int wave = channel / 2;
    double turns = 0.5 * Math.pow(grid, (double) wave / waves);
    double angle = 2 * Math.PI * turns * (along + 0.5) / grid;
    return (float) (channel % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
  }
}
