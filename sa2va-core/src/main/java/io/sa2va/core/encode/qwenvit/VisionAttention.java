package io.sa2va.core.encode.qwenvit;

import io.sa2va.core.llm.RotaryPositions;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.nn.Attention;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Self-attention of patches, each seeing those of its run: (N, C) → (N, C).
 *
 * <p>Reference: {@code Qwen2_5_VLVisionAttention}. Weights: {@code attn.{qkv, proj}}. Shapes: N
 * patches, H heads, d head width, C = H·d.
 */
final class VisionAttention {
  private final long heads;
  private final long headWidth;
  private final Linear qkv;
  private final Linear projection;

  VisionAttention(QwenVitConfig config, Weights weights) {
    long width = config.hiddenSize();
    this.heads = config.heads();
    this.headWidth = config.headWidth();
    this.qkv = Linear.of(weights.at("qkv"), width, 3 * width);
    this.projection = Linear.of(weights.at("proj"), width, width);
  }

  Tensor forward(Tensor x, RotaryPositions rotations, List<AttentionSpans> spans) {
    Tensor parts = qkv.forward(x).unflatten(-1, 3, heads, headWidth); // (N, 3, H, d)
    Tensor perHead = parts.permute(1, 2, 0, 3).unsqueeze(1); // (3, 1, H, N, d)
    Tensor q = rotations.rotate(perHead.select(0, 0)).to(x.dtype()); // (1, H, N, d)
    Tensor k = rotations.rotate(perHead.select(0, 1)).to(x.dtype()); // (1, H, N, d)
    Tensor v = perHead.select(0, 2); // (1, H, N, d)
    return projection.forward(attend(q, k, v, spans)); // (N, C)
  }

  private Tensor attend(Tensor q, Tensor k, Tensor v, List<AttentionSpans> spans) {
    List<Tensor> mixed = new ArrayList<>();
    long from = 0;
    for (AttentionSpans span : spans) {
      Tensor attended =
          Attention.full(runs(q, from, span), runs(k, from, span), runs(v, from, span));
      mixed.add(attended.transpose(1, 2).reshape(span.tokens(), heads * headWidth));
      from += span.tokens();
    }
    return Tensors.cat(0, mixed); // (N, C)
  }

  /** (1, H, N, d) → (runs, H, length, d). */
  private static Tensor runs(Tensor x, long from, AttentionSpans span) {
    return x.narrow(2, from, span.tokens())
        .squeeze(0)
        .unflatten(1, span.count(), span.length())
        .transpose(0, 1);
  }
}
