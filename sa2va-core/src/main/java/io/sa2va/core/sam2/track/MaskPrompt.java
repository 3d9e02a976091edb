package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.prompt.PromptEncoder;
import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.nn.Conv2d;
import io.sa2va.torch.weights.Weights;

/**
 * Takes a given mask for the answer on its frame; the mask decoder only makes the object pointer.
 *
 * <p>Reference: {@code SAM2Base._use_mask_as_output} and {@code SAM2VideoPredictor.add_new_mask}.
 * Weights: {@code mask_downsample}. Shapes: N objects, S side of the square picture. Immutable and
 * thread-safe.
 */
public final class MaskPrompt {
  private static final int STRIDE = 4;
  private static final double LOGIT_SCALE = 20;
  private static final double LOGIT_BIAS = -10;
  private static final double HALF = 0.5;

  private final PromptEncoder prompts;
  private final SamHeads heads;
  private final ObjectPointer pointer;
  private final Conv2d downsample;
  private final int imageSize;

  /**
   * @param weights those of SAM2 as a whole
   * @param imageSize side S in pixels
   */
  public MaskPrompt(
      PromptEncoder prompts,
      SamHeads heads,
      ObjectPointer pointer,
      Weights weights,
      int imageSize) {
    this.prompts = prompts;
    this.heads = heads;
    this.pointer = pointer;
    this.downsample = Conv2d.of(weights.at("mask_downsample"), 1, 1, STRIDE, STRIDE, 0);
    this.imageSize = imageSize;
  }

  /**
   * What SAM2 makes of given masks.
   *
   * @param masks 1 inside and 0 outside, of any size (N, 1, H, W), float32
   */
  public Prediction of(FrameFeatures frame, Tensor masks) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor square = squared(masks); // (N, 1, S, S)
      Tensor logits = square.mul(LOGIT_SCALE).add(LOGIT_BIAS);
      long side = imageSize / STRIDE;
      Tensor lowResolution = Functional.resizeBilinearAntialias(logits, side, side);
      Tensor there = square.flatten(1, 3).gt(0).any(1, true); // (N, 1)
      Prediction prediction =
          new Prediction(
              lowResolution,
              Tensors.full(1, DType.FLOAT32, masks.device(), masks.size(0)),
              there.to(DType.FLOAT32).mul(LOGIT_SCALE).add(LOGIT_BIAS).squeeze(1),
              pointer.whereThere(pointer(frame, square), there));
      return prediction.handUp(scope);
    }
  }

  private Tensor squared(Tensor masks) {
    if (masks.size(2) == imageSize && masks.size(3) == imageSize) {
      return masks;
    }
    return Functional.resizeBilinearAntialias(masks, imageSize, imageSize)
        .ge(HALF)
        .to(DType.FLOAT32);
  }

  private Tensor pointer(FrameFeatures frame, Tensor square) {
    Tensor prompt = downsample.forward(square.to(frame.top().dtype())); // (N, 1, S/4, S/4)
    return heads.single(frame.top(), frame.details(), prompts.mask(prompt)).pointer(); // (N, C)
  }
}
