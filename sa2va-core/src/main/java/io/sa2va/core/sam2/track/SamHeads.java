package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.decoder.Decoded;
import io.sa2va.core.sam2.decoder.HighResolution;
import io.sa2va.core.sam2.decoder.MaskDecoder;
import io.sa2va.core.sam2.prompt.PromptTokens;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * Mask decoder and object pointer: from features and prompts to one mask an object.
 *
 * <p>Reference: {@code SAM2Base._forward_sam_heads}, with the settings that all of SAM2 and Sa2VA
 * share. Shapes: N objects, C channels, h = w side of the top feature map. Immutable and
 * thread-safe.
 */
public final class SamHeads {
  private final MaskDecoder decoder;
  private final Tensor position; // (1, C, h, w)
  private final ObjectPointer pointer;
  private final Absence absence;

  /**
   * @param position positions of the top feature map's cells (1, C, h, w)
   */
  public SamHeads(MaskDecoder decoder, Tensor position, ObjectPointer pointer, Absence absence) {
    this.decoder = decoder;
    this.position = position;
    this.pointer = pointer;
    this.absence = absence;
  }

  /**
   * For prompts that may be ambiguous, and for frames without a prompt: the best of three masks.
   *
   * @param picture features, with or without memory read (N or 1, C, h, w)
   */
  public Prediction best(Tensor picture, HighResolution details, PromptTokens prompts) {
    try (TensorScope scope = TensorScope.open()) {
      Decoded candidates = decoder.candidates(picture, position, details, prompts);
      return prediction(candidates.best()).handUp(scope);
    }
  }

  /** For prompts that are clear: one mask. Parameters as in {@link #best}. */
  public Prediction single(Tensor picture, HighResolution details, PromptTokens prompts) {
    try (TensorScope scope = TensorScope.open()) {
      return prediction(decoder.single(picture, position, details, prompts)).handUp(scope);
    }
  }

  private Prediction prediction(Decoded decoded) {
    Tensor score = decoded.objectScore(); // (N, 1)
    return new Prediction(
        absence.apply(decoded.masks(), score),
        decoded.iou().select(1, 0),
        score.select(1, 0),
        pointer.of(decoded.tokens().select(1, 0), score));
  }
}
