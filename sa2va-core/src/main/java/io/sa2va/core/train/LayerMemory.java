package io.sa2va.core.train;

import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.llm.Recomputation;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/** What is kept of the language model's layers from the way there to the way back. */
public enum LayerMemory {
  /** Everything. */
  KEPT {
    @Override
    Way read(CausalLm languageModel, LmInput input, long seed) {
      int length = Math.toIntExact(input.embeddings().size(1));
      try (KvCache cache = languageModel.newCache(length)) {
        return new Kept(languageModel.forward(input, cache));
      }
    }
  },

  /** What each layer was given; the rest is computed again, which costs a third more time. */
  RECOMPUTED {
    @Override
    Way read(CausalLm languageModel, LmInput input, long seed) {
      // What a layer leaves out by chance must be the same both times.
      Recomputation way =
          languageModel.recompute(input, layer -> Tensors.manualSeed(seed + 1 + layer));
      return new Recomputed(way, languageModel.hidden(way));
    }
  };

  /** A way through the language model. */
  interface Way extends AutoCloseable {
    /** Hidden states (1, T, D). */
    Tensor hidden();

    /** Does what is left to do when the loss has gone back to the hidden states. */
    void backward();

    @Override
    void close();
  }

  /** Reads a conversation, in the innermost scope. */
  abstract Way read(CausalLm languageModel, LmInput input, long seed);

  private record Kept(Tensor hidden) implements Way {
    @Override
    public void backward() {}

    @Override
    public void close() {}
  }

  private record Recomputed(Recomputation way, Tensor hidden) implements Way {
    @Override
    public void backward() {
      way.backward();
    }

    @Override
    public void close() {
      way.close();
    }
  }
}
