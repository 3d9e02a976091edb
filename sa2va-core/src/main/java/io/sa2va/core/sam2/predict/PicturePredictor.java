package io.sa2va.core.sam2.predict;

import io.sa2va.core.sam2.decoder.Decoded;
import io.sa2va.core.sam2.decoder.MaskDecoder;
import io.sa2va.core.sam2.prompt.PromptEncoder;
import io.sa2va.core.sam2.prompt.PromptTokens;
import io.sa2va.core.sam2.track.ConditionedFeatures;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.torch.TensorScope;

/**
 * Segments objects on one picture that are shown by points, boxes or a mask.
 *
 * <p>Reference: {@code SAM2ImagePredictor}. Immutable and thread-safe.
 */
public final class PicturePredictor {
  private final PromptEncoder prompts;
  private final MaskDecoder decoder;
  private final ConditionedFeatures features;

  public PicturePredictor(
      PromptEncoder prompts, MaskDecoder decoder, ConditionedFeatures features) {
    this.prompts = prompts;
    this.decoder = decoder;
    this.features = features;
  }

  /** Makes prompts for the two methods below. */
  public PromptEncoder prompts() {
    return prompts;
  }

  /** Three masks for each object, for prompts that may be ambiguous, such as a single point. */
  public PictureMasks candidates(FrameFeatures picture, PromptTokens prompt) {
    try (TensorScope scope = TensorScope.open()) {
      return handUp(
          scope,
          decoder.candidates(
              features.withoutMemory(picture), prompts.densePosition(), picture.details(), prompt));
    }
  }

  /** One mask for each object, for prompts that are clear. */
  public PictureMasks single(FrameFeatures picture, PromptTokens prompt) {
    try (TensorScope scope = TensorScope.open()) {
      return handUp(
          scope,
          decoder.single(
              features.withoutMemory(picture), prompts.densePosition(), picture.details(), prompt));
    }
  }

  private static PictureMasks handUp(TensorScope scope, Decoded decoded) {
    return new PictureMasks(
        scope.handUp(decoded.masks()),
        scope.handUp(decoded.iou()),
        scope.handUp(decoded.objectScore().select(1, 0)));
  }
}
