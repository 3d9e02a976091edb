package io.sa2va.core.sam2.memory;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.Weights;

/**
 * Rotary positions of a grid: of the pairs of channels, the first half turns with the column, the
 * second with the row.
 *
 * <p>Reference: {@code compute_axial_cis} and {@code apply_rotary_enc} in sam2's
 * position_encoding.py. Shapes: N objects, L cells of the grid, d channels.
 */
final class AxialRope {
  private final Tensor turns; // (L, d / 2, 2): cosines and sines, float32

  /**
   * @param width channels d, a multiple of 4
   * @param side of the square grid
   */
  AxialRope(Weights weights, int width, int side, double theta) {
    int pairs = width / 2;
    int cells = side * side;
    float[] turns = new float[cells * width];
    for (int cell = 0; cell < cells; cell++) {
      for (int pair = 0; pair < pairs; pair++) {
        int place = pair < pairs / 2 ? cell % side : cell / side;
        double angle = place / Math.pow(theta, 4.0 * (pair % (pairs / 2)) / width);
        turns[cell * width + 2 * pair] = (float) Math.cos(angle);
        turns[cell * width + 2 * pair + 1] = (float) Math.sin(angle);
      }
    }
    this.turns = weights.keep(Tensors.of(turns, cells, pairs, 2).to(weights.device()));
  }

  /** Turns the cells of one or several grids, one after the other: (N, 1, r·L, d). */
  Tensor rotate(Tensor x) {
    long cells = turns.size(0);
    Tensor pairs = x.to(DType.FLOAT32).view(x.size(0), x.size(2) / cells, cells, turns.size(1), 2);
    return pairs.mulComplex(turns).view(x.shape()).to(x.dtype()); // (N, 1, r·L, d)
  }
}
