package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;

/**
 * A language model that predicts the next token from vectors, so that pictures can take the place
 * of words.
 *
 * <p>Immutable and thread-safe: what a request remembers is in its {@link KvCache}. Shapes: T
 * positions, D {@link #hiddenSize()}, V {@link #vocabSize()}.
 */
public interface CausalLm {
  /** Vectors of token ids: (T) of INT64, on any device → (1, T, D). */
  Tensor embed(Tensor ids);

  /**
   * Continues what a cache holds, at the positions that follow it.
   *
   * @param embeddings (1, T, D), T at least 1
   * @param cache made by {@link #newCache}; holds T positions more afterwards, and the same as
   *     before if this throws
   * @return the last layer's hidden states after the final norm, (1, T, D)
   */
  Tensor forward(Tensor embeddings, KvCache cache);

  /** Scores of every token to come next: hidden states (…, D) → (…, V). */
  Tensor logits(Tensor hidden);

  /**
   * An empty cache for one request, to be closed by the caller.
   *
   * @param capacity positions that it has room for before it must grow
   */
  KvCache newCache(int capacity);

  int vocabSize();

  int hiddenSize();

  /** Positions that the model was made for: {@code max_position_embeddings}. */
  int contextLength();
}
