package io.sa2va.core.encode.qwenvit;

import io.sa2va.torch.Tensor;
import java.util.List;

/**
 * What a vision tower makes of a picture of n cells.
 *
 * @param embeddings (n, D), row by row: what replaces the image tokens
 * @param deepstack for each of the language model's first layers (n, D), what is added there to the
 *     image tokens; empty for towers without it
 */
public record VisionFeatures(Tensor embeddings, List<Tensor> deepstack) {
  public VisionFeatures {
    deepstack = List.copyOf(deepstack);
  }
}
