package io.sa2va.core.generate;

import io.sa2va.GenerationOptions;
import io.sa2va.torch.Tensor;

/** Chooses the next token from the language model's logits. For one request; not thread-safe. */
interface Sampler {
  /**
   * Chooses a token.
   *
   * @param logits (vocabulary)
   * @return the id of the chosen token
   */
  int next(Tensor logits);

  /** Whether it takes the most likely token always, so that a device can choose by itself. */
  default boolean isGreedy() {
    return false;
  }

  /** The sampler that the options ask for: the best token at temperature 0, else a random one. */
  static Sampler of(GenerationOptions options) {
    Sampler sampler = options.temperature() == 0 ? new GreedySampler() : new RandomSampler(options);
    return options.repetitionPenalty() == 1
        ? sampler
        : new RepetitionPenalty(options.repetitionPenalty(), sampler);
  }
}
