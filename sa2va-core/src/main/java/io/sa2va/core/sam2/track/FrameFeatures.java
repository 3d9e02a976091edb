package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.decoder.HighResolution;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * An encoded picture or frame, for any number of objects and prompts.
 *
 * @param top coarsest features, before any memory was read (1, C, S / 16, S / 16)
 * @param details finer features for the mask decoder
 */
public record FrameFeatures(Tensor top, HighResolution details) {
  /** Gives all tensors to the scope around {@code scope}. */
  public FrameFeatures handUp(TensorScope scope) {
    return new FrameFeatures(scope.handUp(top), details.handUp(scope));
  }
}
