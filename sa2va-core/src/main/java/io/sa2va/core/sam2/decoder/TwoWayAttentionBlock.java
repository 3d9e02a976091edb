package io.sa2va.core.sam2.decoder;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.nn.Mlp;
import io.sa2va.torch.weights.Weights;

/**
 * One layer of the two-way transformer: tokens attend to themselves, then to the picture, pass a
 * feed-forward, and the picture attends to the tokens.
 *
 * <p>Reference: {@code TwoWayAttentionBlock} in sam2's transformer.py. Shapes: N objects, T tokens,
 * L cells of the picture's features, C channels.
 */
final class TwoWayAttentionBlock {
  private static final double EPS = 1e-5;

  /** Tokens (N, T, C) and picture (N, L, C). */
  record State(Tensor tokens, Tensor picture) {}

  private final DownsampledAttention selfAttention;
  private final LayerNorm norm1;
  private final DownsampledAttention tokenToImage;
  private final LayerNorm norm2;
  private final Mlp mlp;
  private final LayerNorm norm3;
  private final DownsampledAttention imageToToken;
  private final LayerNorm norm4;

  TwoWayAttentionBlock(Weights weights, TwoWayTransformer.Widths widths) {
    long width = widths.width();
    this.selfAttention =
        new DownsampledAttention(weights.at("self_attn"), width, width, widths.heads());
    this.norm1 = new LayerNorm(weights.at("norm1"), width, EPS);
    this.tokenToImage = widths.crossAttention(weights.at("cross_attn_token_to_image"));
    this.norm2 = new LayerNorm(weights.at("norm2"), width, EPS);
    this.mlp = new Mlp(weights.at("mlp"), Tensor::relu, width, widths.mlp(), width);
    this.norm3 = new LayerNorm(weights.at("norm3"), width, EPS);
    this.imageToToken = widths.crossAttention(weights.at("cross_attn_image_to_token"));
    this.norm4 = new LayerNorm(weights.at("norm4"), width, EPS);
  }

  /** The first layer: its tokens are the prompts themselves, not yet their sum with anything. */
  State first(Tensor prompts, Tensor picture, Tensor picturePosition) {
    Tensor tokens = norm1.forward(selfAttention.forward(prompts, prompts, prompts)); // (N, T, C)
    return afterSelfAttention(tokens, prompts, picture, picturePosition);
  }

  /**
   * A later layer.
   *
   * @param prompts the tokens that entered the transformer, which serve as their positions
   * @param picturePosition (1, L, C)
   */
  State forward(State state, Tensor prompts, Tensor picturePosition) {
    Tensor q = state.tokens().add(prompts);
    Tensor tokens = state.tokens().add(selfAttention.forward(q, q, state.tokens())); // (N, T, C)
    return afterSelfAttention(norm1.forward(tokens), prompts, state.picture(), picturePosition);
  }

  private State afterSelfAttention(
      Tensor tokens, Tensor prompts, Tensor picture, Tensor picturePosition) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor placed = picture.add(picturePosition); // (N, L, C)
      Tensor seen = tokenToImage.forward(tokens.add(prompts), placed, picture);
      Tensor informed = norm2.forward(tokens.add(seen)); // (N, T, C)
      Tensor fed = norm3.forward(informed.add(mlp.forward(informed))); // (N, T, C)
      Tensor answer = imageToToken.forward(placed, fed.add(prompts), fed); // (N, L, C)
      Tensor updated = norm4.forward(picture.add(answer)); // (N, L, C)
      return new State(scope.handUp(fed), scope.handUp(updated));
    }
  }
}
