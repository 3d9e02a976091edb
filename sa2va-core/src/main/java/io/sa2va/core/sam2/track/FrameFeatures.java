package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.decoder.HighResolution;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * An encoded picture or frame, for any number of objects and prompts.
 *
 * @param top coarsest features, before any memory was read (1, C, S / 16, S / 16)
 * @param details finer features for SAM2's own mask decoder
 * @param languageDetails finer features for the mask decoder of language prompts; the same ones
 *     where the model has one decoder
 */
public record FrameFeatures(Tensor top, HighResolution details, HighResolution languageDetails) {
  /** Gives all tensors to the scope around {@code scope}. */
  public FrameFeatures handUp(TensorScope scope) {
    HighResolution own = details.handUp(scope);
    return new FrameFeatures(
        scope.handUp(top),
        own,
        languageDetails.equals(details) ? own : languageDetails.handUp(scope));
  }
}
