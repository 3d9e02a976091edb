package io.sa2va.core.sam2.prompt;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/**
 * Prompts in the form that the mask decoder reads.
 *
 * @param sparse tokens (N, T, C): points, box corners, language
 * @param dense added to the picture's features: (N, C, h, w), or (1, C, 1, 1) for all alike
 */
public record PromptTokens(Tensor sparse, Tensor dense) {
  /** The same with one language token an object behind the others: language (N, C). */
  public PromptTokens withLanguage(Tensor language) {
    return new PromptTokens(
        Tensors.cat(1, sparse, language.to(sparse.dtype()).unsqueeze(1)), dense);
  }
}
