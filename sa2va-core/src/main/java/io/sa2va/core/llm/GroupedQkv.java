package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Linear;

/**
 * InternLM2's {@code wqkv}: for each key head, its queries, its key, its value.
 *
 * <p>Shapes: K key heads, G queries a key head, H = K·G, d head width.
 */
final class GroupedQkv implements QkvProjection {
  private final Linear wqkv;
  private final long keyHeads;
  private final long group;
  private final long headWidth;

  GroupedQkv(Linear wqkv, LlmConfig config) {
    this.wqkv = wqkv;
    this.keyHeads = config.keyValueHeads();
    this.group = config.heads() / config.keyValueHeads();
    this.headWidth = config.headWidth();
  }

  @Override
  public Heads forward(Tensor x) {
    Tensor grouped = wqkv.forward(x).unflatten(-1, keyHeads, group + 2, headWidth);
    Tensor q = grouped.narrow(3, 0, group).flatten(2, 3); // (1, T, H, d)
    Tensor k = grouped.select(3, group); // (1, T, K, d)
    Tensor v = grouped.select(3, group + 1); // (1, T, K, d)
    return new Heads(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2));
  }
}
