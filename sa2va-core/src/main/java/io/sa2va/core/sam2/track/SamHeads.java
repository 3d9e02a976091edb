package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.decoder.Decoded;
import io.sa2va.core.sam2.decoder.HighResolution;
import io.sa2va.core.sam2.decoder.MaskDecoder;
import io.sa2va.core.sam2.prompt.PromptTokens;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.Mlp;
import io.sa2va.torch.weights.Weights;

/**
 * Mask decoder and object pointer: from features and prompts to one mask an object.
 *
 * <p>The pointer of an object that is not on the frame (object score at most 0) is a learned one.
 * Reference: {@code SAM2Base._forward_sam_heads}, with the settings that all of SAM2 and Sa2VA
 * share. Weights: {@code obj_ptr_proj}, {@code no_obj_ptr}. Shapes: N objects, C channels.
 */
public final class SamHeads {
  private final MaskDecoder decoder;
  private final Tensor position; // (1, C, h, w)
  private final Mlp pointerProjection;
  private final Tensor noObjectPointer; // (1, C)

  /**
   * @param weights those of SAM2 as a whole
   * @param position positions of the top feature map's cells (1, C, h, w)
   */
  public SamHeads(MaskDecoder decoder, Tensor position, Weights weights, long width) {
    this.decoder = decoder;
    this.position = position;
    this.pointerProjection =
        new Mlp(weights.at("obj_ptr_proj"), Tensor::relu, width, width, width, width);
    this.noObjectPointer = weights.get("no_obj_ptr", 1, width);
  }

  /**
   * For prompts that may be ambiguous, and for frames without a prompt: the best of three masks.
   *
   * @param picture features, with or without memory read (N or 1, C, h, w)
   */
  Prediction best(Tensor picture, HighResolution details, PromptTokens prompts) {
    try (TensorScope scope = TensorScope.open()) {
      return prediction(decoder.candidates(picture, position, details, prompts).best())
          .handUp(scope);
    }
  }

  private Prediction prediction(Decoded decoded) {
    Tensor score = decoded.objectScore(); // (N, 1)
    Tensor pointer = pointerProjection.forward(decoded.tokens().select(1, 0)); // (N, C)
    return new Prediction(
        decoded.masks(),
        decoded.iou().select(1, 0),
        score.select(1, 0),
        score.gt(0).where(pointer, noObjectPointer));
  }
}
