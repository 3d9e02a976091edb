package io.sa2va.core.sam2.memory;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;

/**
 * One layer of memory attention: the frame attends to itself, then to the memory, then passes a
 * feed-forward.
 *
 * <p>Reference: {@code MemoryAttentionLayer} in sam2's memory_attention.py. Shapes: N objects, L
 * cells, C channels.
 */
final class MemoryAttentionLayer {
  private static final double EPS = 1e-5;

  private final LayerNorm norm1;
  private final RopeAttention selfAttention;
  private final LayerNorm norm2;
  private final RopeAttention crossAttention;
  private final LayerNorm norm3;
  private final Linear linear1;
  private final Linear linear2;

  MemoryAttentionLayer(MemoryConfig config, Weights weights, long width, AxialRope rope) {
    this.norm1 = new LayerNorm(weights.at("norm1"), width, EPS);
    this.selfAttention = new RopeAttention(weights.at("self_attn"), width, width, rope);
    this.norm2 = new LayerNorm(weights.at("norm2"), width, EPS);
    this.crossAttention =
        new RopeAttention(weights.at("cross_attn_image"), width, config.width(), rope);
    this.norm3 = new LayerNorm(weights.at("norm3"), width, EPS);
    this.linear1 = Linear.of(weights.at("linear1"), width, config.feedForward());
    this.linear2 = Linear.of(weights.at("linear2"), config.feedForward(), width);
  }

  /**
   * Refines a frame by what the memory holds.
   *
   * @param frame (N, L, C)
   * @param keys the memory's tokens with their positions added
   */
  Tensor forward(Tensor frame, Memory memory, Tensor keys) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = frame.add(attendToItself(norm1.forward(frame))); // (N, L, C)
      x = x.add(attendToMemory(norm2.forward(x), memory, keys)); // (N, L, C)
      return scope.handUp(x.add(feedForward(norm3.forward(x)))); // (N, L, C)
    }
  }

  private Tensor attendToItself(Tensor x) {
    return selfAttention.forward(x, x, x, 0);
  }

  private Tensor attendToMemory(Tensor x, Memory memory, Tensor keys) {
    return crossAttention.forward(x, keys, memory.tokens(), memory.pointerTokens());
  }

  private Tensor feedForward(Tensor x) {
    return linear2.forward(linear1.forward(x).relu());
  }
}
