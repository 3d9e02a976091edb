package io.sa2va.core.sam2.decoder;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * The fine feature maps of a picture, as narrow as one mask decoder reads them.
 *
 * @param fine (1, C / 8, S / 4, S / 4)
 * @param middle (1, C / 4, S / 8, S / 8)
 */
public record HighResolution(Tensor fine, Tensor middle) {
  /** Gives both maps to the scope around {@code scope}. */
  public HighResolution handUp(TensorScope scope) {
    return new HighResolution(scope.handUp(fine), scope.handUp(middle));
  }
}
