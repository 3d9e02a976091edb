package io.sa2va.core.sam2.decoder;

import io.sa2va.core.sam2.neck.Pyramid;
import io.sa2va.core.sam2.prompt.PromptTokens;
import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.nn.Mlp;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Predicts masks from picture features and prompts.
 *
 * <p>Four masks come from four tokens: one for when a single mask is wanted, three that may differ
 * where the prompt is ambiguous. Reference: {@code MaskDecoder} in sam2's mask_decoder.py. Shapes:
 * N objects, C channels, h = w side of the top feature map. Immutable and thread-safe.
 */
public final class MaskDecoder {
  private static final int MASK_TOKENS = 4;
  private static final int IOU_TOKEN = 1;
  private static final int FIRST_MASK_TOKEN = 2;
  private static final long HEADS = 8;
  private static final long TRANSFORMER_MLP = 2048;
  private static final long IOU_HEAD_WIDTH = 256;

  private final Tensor objectScoreToken; // (1, C)
  private final Tensor iouToken; // (1, C)
  private final Tensor maskTokens; // (4, C)
  private final long width;
  private final TwoWayTransformer transformer;
  private final MaskUpscaling upscaling;
  private final List<Mlp> hypernetworks = new ArrayList<>();
  private final Mlp iouHead;
  private final Mlp objectScoreHead;

  /**
   * @param width channels C, a multiple of 16
   */
  public MaskDecoder(Weights weights, long width) {
    this.width = width;
    this.objectScoreToken = weights.at("obj_score_token").get("weight", 1, width);
    this.iouToken = weights.at("iou_token").get("weight", 1, width);
    this.maskTokens = weights.at("mask_tokens").get("weight", MASK_TOKENS, width);
    this.transformer =
        new TwoWayTransformer(
            weights.at("transformer"), new TwoWayTransformer.Widths(width, HEADS, TRANSFORMER_MLP));
    this.upscaling = new MaskUpscaling(weights, width);
    for (int i = 0; i < MASK_TOKENS; i++) {
      Weights mlp = weights.at("output_hypernetworks_mlps").at(i);
      hypernetworks.add(new Mlp(mlp, Tensor::relu, width, width, width, width / 8));
    }
    this.iouHead =
        new Mlp(
            weights.at("iou_prediction_head"),
            Tensor::relu,
            width,
            IOU_HEAD_WIDTH,
            IOU_HEAD_WIDTH,
            MASK_TOKENS);
    this.objectScoreHead =
        new Mlp(weights.at("pred_obj_score_head"), Tensor::relu, width, width, width, 1);
  }

  /** The fine feature maps in the form that {@link #candidates} and {@link #single} take. */
  public HighResolution highResolution(Pyramid pyramid) {
    return upscaling.highResolution(pyramid);
  }

  /**
   * The three masks of an ambiguous prompt.
   *
   * @param picture features (N, C, h, w), or (1, C, h, w) for all objects alike
   * @param position of the picture's cells (1, C, h, w)
   */
  public Decoded candidates(
      Tensor picture, Tensor position, HighResolution details, PromptTokens prompts) {
    return StabilityFallback.others(all(picture, position, details, prompts));
  }

  /** One mask, for a prompt that is not ambiguous. Parameters as in {@link #candidates}. */
  public Decoded single(
      Tensor picture, Tensor position, HighResolution details, PromptTokens prompts) {
    return StabilityFallback.choose(all(picture, position, details, prompts));
  }

  /** All four masks, that of the single-mask token first. Parameters as in {@link #candidates}. */
  public Decoded all(
      Tensor picture, Tensor position, HighResolution details, PromptTokens prompts) {
    long objects = prompts.sparse().size(0);
    Tensor outputs = Tensors.cat(0, objectScoreToken, iouToken, maskTokens); // (6, C)
    Tensor tokens = Tensors.cat(1, outputs.unsqueeze(0).expand(objects, -1, -1), prompts.sparse());
    Tensor cells = picture.add(prompts.dense()).flatten(2, 3).transpose(1, 2); // (N or 1, hw, C)
    TwoWayAttentionBlock.State state =
        transformer.forward(
            tokens,
            cells.expand(objects, -1, -1),
            position.flatten(2, 3).transpose(1, 2)); // (N, T, C), (N, hw, C)
    Tensor masked = state.tokens().narrow(1, FIRST_MASK_TOKEN, MASK_TOKENS); // (N, 4, C)
    Tensor refined =
        state.picture().transpose(1, 2).reshape(objects, width, picture.size(2), picture.size(3));
    return new Decoded(
        masks(masked, upscaling.forward(refined, details)).to(DType.FLOAT32),
        iouHead.forward(state.tokens().select(1, IOU_TOKEN)).to(DType.FLOAT32).sigmoid(),
        masked,
        objectScoreHead.forward(state.tokens().select(1, 0)).to(DType.FLOAT32));
  }

  /** Tokens (N, 4, C) and features (N, C / 8, H, W) → logits (N, 4, H, W). */
  private Tensor masks(Tensor maskTokens, Tensor features) {
    List<Tensor> filters = new ArrayList<>();
    for (int i = 0; i < MASK_TOKENS; i++) {
      filters.add(hypernetworks.get(i).forward(maskTokens.select(1, i))); // (N, C/8)
    }
    return Tensors.stack(1, filters)
        .matmul(features.flatten(2, 3))
        .view(features.size(0), MASK_TOKENS, features.size(2), features.size(3));
  }
}
