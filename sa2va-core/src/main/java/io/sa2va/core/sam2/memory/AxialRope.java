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
  private final Tensor cos; // (L, d / 2), float32
  private final Tensor sin; // (L, d / 2), float32

  /**
   * @param width channels d, a multiple of 4
   * @param side of the square grid
   */
  AxialRope(Weights weights, int width, int side, double theta) {
    int pairs = width / 2;
    int cells = side * side;
    float[] cosines = new float[cells * pairs];
    float[] sines = new float[cells * pairs];
    for (int cell = 0; cell < cells; cell++) {
      for (int pair = 0; pair < pairs; pair++) {
        int place = pair < pairs / 2 ? cell % side : cell / side;
        double angle = place / Math.pow(theta, 4.0 * (pair % (pairs / 2)) / width);
        cosines[cell * pairs + pair] = (float) Math.cos(angle);
        sines[cell * pairs + pair] = (float) Math.sin(angle);
      }
    }
    this.cos = weights.keep(Tensors.of(cosines, cells, pairs).to(weights.device()));
    this.sin = weights.keep(Tensors.of(sines, cells, pairs).to(weights.device()));
  }

  /** Turns the cells of one or several grids, one after the other: (N, 1, r·L, d). */
  Tensor rotate(Tensor x) {
    long grids = x.size(2) / cos.size(0);
    Tensor pairs = x.to(DType.FLOAT32).view(x.size(0), grids, cos.size(0), cos.size(1), 2);
    Tensor first = pairs.select(-1, 0); // (N, r, L, d/2)
    Tensor second = pairs.select(-1, 1); // (N, r, L, d/2)
    Tensor turned = Tensors.empty(DType.FLOAT32, x.device(), pairs.shape()); // (N, r, L, d/2, 2)
    turned.select(-1, 0).copyFrom(first.mul(cos).sub(second.mul(sin)));
    turned.select(-1, 1).copyFrom(first.mul(sin).addInPlace(second.mul(cos)));
    return turned.view(x.shape()).to(x.dtype()); // (N, 1, r·L, d)
  }
}
