package io.sa2va.core.encode.qwenvit;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.Weights;

/**
 * Position embeddings on a square grid, interpolated linearly to a picture's patches. The corners
 * of both grids coincide.
 *
 * <p>Reference: {@code fast_pos_embed_interpolate}. Weights: {@code pos_embed}. Shapes: G side of
 * the trained grid, C width.
 */
final class PositionTable {
  private final Tensor table; // (G², C)
  private final int side;

  PositionTable(int side, long width, Weights weights) {
    this.table = weights.get("weight", (long) side * side, width);
    this.side = side;
  }

  /** The positions of a picture's N patches, in their order: (N, C). */
  Tensor forward(PatchGrid grid) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor rows = mixing(grid.rows()).matmul(trained()); // (h, G·C)
      Tensor perRow = rows.unflatten(1, side, -1); // (h, G, C)
      Tensor image = mixing(grid.columns()).matmul(perRow); // (h, w, C)
      long merge = grid.merge();
      Tensor cells = image.unflatten(1, -1, merge).unflatten(0, -1, merge); // (h/m, m, w/m, m, C)
      Tensor ordered = cells.permute(0, 2, 1, 3, 4).flatten(0, 3); // (N, C)
      return scope.handUp(ordered.to(table.dtype()));
    }
  }

  /** (G, G·C), where linear interpolation loses nothing. */
  private Tensor trained() {
    return table.to(DType.FLOAT32).view(side, -1);
  }

  /** How much of each trained position goes into each of {@code count}: (count, G). */
  private Tensor mixing(int count) {
    float[] weights = new float[count * side];
    float step = count == 1 ? 0 : (side - 1f) / (count - 1);
    for (int i = 0; i < count; i++) {
      // float32 from both ends, as torch.linspace
      float place = 2 * i < count ? step * i : side - 1 - step * (count - 1 - i);
      int below = (int) place;
      float above = place - below;
      weights[i * side + below] += 1 - above;
      weights[i * side + Math.min(below + 1, side - 1)] += above;
    }
    return Tensors.of(weights, count, side).to(table.device());
  }
}
