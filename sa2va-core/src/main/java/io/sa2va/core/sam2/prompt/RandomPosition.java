package io.sa2va.core.sam2.prompt;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.Weights;

/**
 * Positions as sines and cosines of random projections of a place (Tancik et al., "Fourier
 * features", 2020).
 *
 * <p>Reference: {@code PositionEmbeddingRandom} in sam2's position_encoding.py. Weights: {@code
 * pe_layer.positional_encoding_gaussian_matrix} (2, C / 2). Computed in float32.
 */
final class RandomPosition {
  private final Tensor matrix; // (2, C / 2)

  RandomPosition(Weights weights, long width) {
    this.matrix =
        weights.buffer(DType.FLOAT32, "positional_encoding_gaussian_matrix", 2, width / 2);
  }

  /** Places (…, 2) as (x, y) from 0 to 1 → (…, C). */
  Tensor of(Tensor places) {
    Tensor angles = places.mul(2).add(-1).matmul(matrix).mul(2 * Math.PI); // (…, C / 2)
    return Tensors.cat(-1, angles.sin(), angles.cos()); // (…, C)
  }

  /** The centres of a grid of side×side cells: (1, C, side, side). */
  Tensor grid(int side) {
    float[] places = new float[side * side * 2];
    for (int i = 0; i < side * side; i++) {
      int row = i / side;
      int column = i % side;
      places[2 * i] = (column + 0.5f) / side;
      places[2 * i + 1] = (row + 0.5f) / side;
    }
    Tensor centres = Tensors.of(places, 1, side, side, 2).to(matrix.device());
    return of(centres).permute(0, 3, 1, 2); // (1, C, side, side)
  }
}
