package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import java.util.List;

/** Queries, keys and values one after the other: q_proj, k_proj, v_proj, or all in one matrix. */
final class SeparateQkv implements QkvProjection {
  private final StackedLinear qkv;
  private final long headWidth;

  SeparateQkv(StackedLinear qkv, long headWidth) {
    this.qkv = qkv;
    this.headWidth = headWidth;
  }

  @Override
  public Heads forward(Tensor x) {
    List<Tensor> parts = qkv.forward(x);
    return new Heads(splitHeads(parts.get(0)), splitHeads(parts.get(1)), splitHeads(parts.get(2)));
  }

  private Tensor splitHeads(Tensor x) {
    return x.unflatten(-1, -1, headWidth).transpose(1, 2); // (1, heads, T, d)
  }
}
