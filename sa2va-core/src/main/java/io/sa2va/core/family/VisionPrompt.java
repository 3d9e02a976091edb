package io.sa2va.core.family;

import io.sa2va.torch.Tensor;
import java.util.List;

/**
 * A picture or video as the language model gets it.
 *
 * @param text what stands for it in the prompt, image tokens included
 * @param features (image tokens, D): what replaces the embeddings of the image tokens, in order
 * @param grids of the pictures whose tokens take places in rows and columns; they are the first
 *     image tokens, and those after them take places like words
 * @param deepstack for each of the language model's first layers (image tokens, D): what is added
 *     to the image tokens after it
 */
public record VisionPrompt(
    String text, Tensor features, List<TokenGrid> grids, List<Tensor> deepstack) {
  public VisionPrompt {
    grids = List.copyOf(grids);
    deepstack = List.copyOf(deepstack);
  }

  /** One whose tokens take places like words, for a language model that takes them like words. */
  public static VisionPrompt of(String text, Tensor features) {
    return new VisionPrompt(text, features, List.of(), List.of());
  }
}
