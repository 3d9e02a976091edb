package io.sa2va.core.encode.qwenvit;

import io.sa2va.torch.Tensor;

/** A vision transformer that reads pictures of any size. Immutable and thread-safe. */
public sealed interface QwenVit permits Qwen25Vit, Qwen3Vit {
  /**
   * Encodes one picture.
   *
   * @param patches {@code pixel_values} (N, 3·t·p²) of any type and device, N as the grid says
   */
  VisionFeatures forward(Tensor patches, PatchGrid grid);

  QwenVitConfig config();
}
