package io.sa2va.core.sam2.memory;

import io.sa2va.core.sam2.neck.PositionEmbeddingSine;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions a frame's features on the memory of other frames.
 *
 * <p>Reference: {@code MemoryAttention} in sam2's memory_attention.py. Weights: {@code
 * memory_attention}. Shapes: N objects, L = h·w cells of the top feature map, C channels. Immutable
 * and thread-safe.
 */
public final class MemoryAttention {
  private static final double EPS = 1e-5;
  private static final double POSITION_SCALE = 0.1;

  private final Tensor position; // (1, L, C), scaled
  private final List<MemoryAttentionLayer> layers = new ArrayList<>();
  private final LayerNorm norm;

  /**
   * @param width channels C
   * @param side h = w of the top feature map
   */
  public MemoryAttention(MemoryConfig config, Weights weights, int width, int side) {
    AxialRope rope;
    try (TensorScope scope = TensorScope.open()) {
      Tensor sine = PositionEmbeddingSine.of(width, side, side).flatten(2, 3).transpose(1, 2);
      this.position =
          weights.keep(sine.mul(POSITION_SCALE).contiguous().to(weights.device(), weights.dtype()));
      rope = new AxialRope(weights, width, side, config.ropeTheta());
    }
    for (int i = 0; i < config.attentionLayers(); i++) {
      layers.add(new MemoryAttentionLayer(config, weights.at("layers").at(i), width, rope));
    }
    this.norm = new LayerNorm(weights.at("norm"), width, EPS);
  }

  /** Features (1, C, h, w) of a frame and the memory of N objects → (N, C, h, w). */
  public Tensor forward(Tensor frame, Memory memory) {
    try (TensorScope scope = TensorScope.open()) {
      long objects = memory.tokens().size(0);
      Tensor keys = memory.tokens().add(memory.positions()); // (N, M, m)
      Tensor cells = frame.flatten(2, 3).transpose(1, 2).add(position); // (1, L, C)
      Tensor x = cells.expand(objects, -1, -1); // (N, L, C)
      for (MemoryAttentionLayer layer : layers) {
        x = layer.forward(x, memory, keys);
      }
      Tensor grid = norm.forward(x).transpose(1, 2); // (N, C, L)
      return scope.handUp(
          grid.reshape(objects, frame.size(1), frame.size(2), frame.size(3))); // (N, C, h, w)
    }
  }
}
