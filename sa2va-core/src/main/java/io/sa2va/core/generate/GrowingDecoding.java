package io.sa2va.core.generate;

import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.KvCache;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;

/** With attention to the positions there are, and no others: what a CPU is fastest at. */
final class GrowingDecoding implements Decoding {
  private final CausalLm languageModel;
  private final KvCache cache;
  private final Sampler sampler;
  private Kept hidden; // (1, 1, D)

  GrowingDecoding(CausalLm languageModel, KvCache cache, Tensor promptHidden, Sampler sampler) {
    this.languageModel = languageModel;
    this.cache = cache;
    this.sampler = sampler;
    try (TensorScope scope = TensorScope.open()) {
      this.hidden = Kept.of(promptHidden.narrow(1, promptHidden.size(1) - 1, 1));
    }
  }

  @Override
  public int next() {
    try (TensorScope step = TensorScope.open()) {
      return sampler.next(languageModel.logits(hidden.tensor()).view(-1));
    }
  }

  @Override
  public Tensor read(int token) {
    try (TensorScope step = TensorScope.open()) {
      Tensor embedding = languageModel.embed(Tensors.of(new long[] {token}, 1)); // (1, 1, D)
      Kept next = Kept.of(languageModel.forward(embedding, cache)); // (1, 1, D)
      hidden.close();
      hidden = next;
      return hidden.tensor();
    }
  }

  @Override
  public void close() {
    hidden.close();
  }
}
