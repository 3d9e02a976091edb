package io.sa2va.core.generate;

import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.KvCache;
import io.sa2va.torch.Tensor;

/**
 * The tokens of one reply, one after the other: {@link #next()} chooses one, {@link #read} gives it
 * to the language model. For one thread.
 */
interface Decoding extends AutoCloseable {
  /** Chooses the token that follows what was read. Waits for the device. */
  int next();

  /**
   * Reads the token chosen last.
   *
   * @return its hidden state (1, 1, D), valid until the next call of this object
   */
  Tensor read(int token);

  @Override
  void close();

  /** One way of decoding. */
  @FunctionalInterface
  interface Kind {
    /**
     * Starts a reply.
     *
     * @param promptHidden the hidden states of the prompt (1, T, D), which the cache holds
     */
    Decoding begin(CausalLm languageModel, KvCache cache, Tensor promptHidden, Sampler sampler);
  }

  /** What is fast where a model is. */
  static Kind usual(CausalLm languageModel) {
    return languageModel.decodesInPlace() ? InPlaceDecoding::begin : GrowingDecoding::new;
  }
}
