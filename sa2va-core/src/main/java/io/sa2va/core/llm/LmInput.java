package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;

/**
 * What a language model reads: vectors in the place of tokens, and where they stand.
 *
 * @param embeddings (1, T, D), T at least 1
 * @param positions of those T, counted from the first that the cache leaves free
 * @param between changes what the layers give
 */
public record LmInput(Tensor embeddings, PositionIds positions, Decoder.BetweenLayers between) {
  /** Words only: (1, T, D). */
  public static LmInput text(Tensor embeddings) {
    return new LmInput(
        embeddings,
        PositionIds.text(Math.toIntExact(embeddings.size(1))),
        (layer, hidden) -> hidden);
  }
}
