package io.sa2va.core.sam2.decoder;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The transformer of the mask decoder: prompt tokens and picture features attend to each other in
 * both directions (Kirillov et al., "Segment Anything", 2023, appendix A).
 *
 * <p>Reference: {@code TwoWayTransformer} in sam2's transformer.py. Shapes: N objects, T tokens, L
 * cells of the picture's features, C channels.
 */
final class TwoWayTransformer {
  private static final double EPS = 1e-5;
  private static final int DEPTH = 2;

  /** The transformer's widths; cross-attention works at half of the tokens' width. */
  record Widths(long width, long heads, long mlp) {
    DownsampledAttention crossAttention(Weights weights) {
      return new DownsampledAttention(weights, width, width / 2, heads);
    }
  }

  private final List<TwoWayAttentionBlock> layers = new ArrayList<>();
  private final DownsampledAttention finalAttention;
  private final LayerNorm finalNorm;

  TwoWayTransformer(Weights weights, Widths widths) {
    for (int i = 0; i < DEPTH; i++) {
      layers.add(new TwoWayAttentionBlock(weights.at("layers").at(i), widths));
    }
    this.finalAttention = widths.crossAttention(weights.at("final_attn_token_to_image"));
    this.finalNorm = new LayerNorm(weights.at("norm_final_attn"), widths.width(), EPS);
  }

  /** Prompts (N, T, C), picture (N, L, C) and its positions (1, L, C) → both, refined. */
  TwoWayAttentionBlock.State forward(Tensor prompts, Tensor picture, Tensor picturePosition) {
    TwoWayAttentionBlock.State state = layers.get(0).first(prompts, picture, picturePosition);
    for (TwoWayAttentionBlock layer : layers.subList(1, DEPTH)) {
      state = layer.forward(state, prompts, picturePosition);
    }
    Tensor placed = state.picture().add(picturePosition); // (N, L, C)
    Tensor seen = finalAttention.forward(state.tokens().add(prompts), placed, state.picture());
    Tensor tokens = finalNorm.forward(state.tokens().add(seen)); // (N, T, C)
    return new TwoWayAttentionBlock.State(tokens, state.picture());
  }
}
