package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import java.util.function.IntConsumer;

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
   * Continues what a cache holds.
   *
   * @param cache made by {@link #newCache}; holds T positions more afterwards, and the same as
   *     before if this throws
   * @return the hidden states that {@link #logits} and the projector of {@code [SEG]} take, (1, T,
   *     D); {@link HiddenStates} says which those are
   */
  Tensor forward(LmInput input, KvCache cache);

  /** The same for words, which follow what the cache holds: (1, T, D) → (1, T, D). */
  default Tensor forward(Tensor embeddings, KvCache cache) {
    return forward(LmInput.text(embeddings), cache);
  }

  /**
   * The same for training, with less memory: the layers are computed again on the way back.
   *
   * @param beforeLayer told the index of each layer before it is computed, in either direction
   * @return to be closed by the caller
   */
  Recomputation recompute(LmInput input, IntConsumer beforeLayer);

  /** The hidden states of such a way, as {@link #forward} gives them: (1, T, D). */
  Tensor hidden(Recomputation way);

  /** Scores of every token to come next: hidden states (…, D) → (…, V). */
  Tensor logits(Tensor hidden);

  /**
   * An empty cache for one request, to be closed by the caller.
   *
   * @param capacity positions that it has room for before it must grow
   */
  KvCache newCache(int capacity);

  /** Whether {@link #openStep} is the faster way to write a reply: on one GPU. */
  boolean decodesInPlace();

  /**
   * A step to write a reply with, in memory that stays in place, to be closed by the caller before
   * the cache. Not for a model on several devices. On a CPU {@link #forward} is faster, since it
   * attends to the places that are filled alone.
   *
   * @param cache holds at least one position
   */
  DecodeStep openStep(KvCache cache);

  int vocabSize();

  int hiddenSize();

  /** Positions that the model was made for: {@code max_position_embeddings}. */
  int contextLength();
}
