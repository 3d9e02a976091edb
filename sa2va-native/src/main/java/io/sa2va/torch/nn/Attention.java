package io.sa2va.torch.nn;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * Scaled dot-product attention, by the kernel that is fast for the device and type.
 *
 * <p>libtorch's fused kernel is taken on GPUs and in float32. In 16-bit types on a CPU it is many
 * times slower than plain products, so there the scores are computed for a chunk of queries at a
 * time, small enough to stay in the cache.
 *
 * <p>Shapes: B batch, H query heads, K key heads (K divides H), T queries, S keys, d head width.
 */
public final class Attention {
  private static final long CHUNK = 256;
  private static final long NOT_CAUSAL = -1;

  private Attention() {}

  /** Every query sees every key: q (B, H, T, d), k and v (B, K, S, d) → (B, H, T, d). */
  public static Tensor full(Tensor q, Tensor k, Tensor v) {
    double scale = 1 / Math.sqrt((double) q.size(-1));
    return usesFusedKernel(q)
        ? Functional.scaledDotProductAttention(q, k, v, false, scale)
        : chunked(q, k, v, scale, NOT_CAUSAL);
  }

  /**
   * Query t sees the keys up to its own, which is the last but T-1-t: q (B, H, T, d), k and v (B,
   * K, S, d) with S ≥ T → (B, H, T, d).
   */
  public static Tensor causal(Tensor q, Tensor k, Tensor v) {
    double scale = 1 / Math.sqrt((double) q.size(-1));
    if (q.size(2) == 1) {
      return full(q, k, v);
    }
    if (!usesFusedKernel(q)) {
      return chunked(q, k, v, scale, k.size(2));
    }
    // Without a mask, GPUs take the flash kernel; with one, the memory-efficient one.
    if (q.size(2) == k.size(2)) {
      return Functional.scaledDotProductAttention(q, k, v, true, scale);
    }
    return q.device().isCpu()
        ? Functional.scaledDotProductAttention(q, k, v, causalMask(q, k), scale)
        : ungrouped(q, k, v, causalMask(q, k), scale);
  }

  /**
   * One query with a mask that is added to its scores: q (1, H, 1, d), k and v (1, K, S, d), mask
   * (1, S) of their type → (1, H, 1, e). The kernels and their addresses depend on S alone.
   *
   * <p>The query heads that share a key head are as many queries of it: each key is read once, and
   * libtorch's memory-efficient kernel, the one that takes a mask, knows no groups.
   */
  public static Tensor single(Tensor q, Tensor k, Tensor v, Tensor mask) {
    double scale = 1 / Math.sqrt((double) q.size(-1));
    long keyHeads = k.size(1);
    long group = q.size(1) / keyHeads;
    Tensor grouped = q.reshape(1, keyHeads, group, q.size(3)); // (1, K, G, d)
    Tensor masks = mask.expand(group, k.size(2)); // (G, S)
    Tensor mixed = Functional.scaledDotProductAttention(grouped, k, v, masks, scale);
    return mixed.reshape(1, q.size(1), 1, v.size(3)); // (1, H, 1, e)
  }

  /**
   * With the members of a group as a batch that shares its keys, since the kernel has no groups.
   */
  static Tensor ungrouped(Tensor q, Tensor k, Tensor v, Tensor mask, double scale) {
    long batch = q.size(0);
    long keyHeads = k.size(1);
    long group = q.size(1) / keyHeads;
    Tensor members = q.unflatten(1, keyHeads, group).permute(2, 0, 1, 3, 4).flatten(0, 1);
    Tensor mixed = // (GB, K, T, e)
        Functional.scaledDotProductAttention(
            members, shared(k, group), shared(v, group), mask, scale);
    return mixed.unflatten(0, group, batch).permute(1, 2, 0, 3, 4).flatten(1, 2); // (B, H, T, e)
  }

  /** (B, K, S, d) → (GB, K, S, d); for one picture or text, without a copy. */
  private static Tensor shared(Tensor x, long group) {
    return x.unsqueeze(0).expand(group, x.size(0), x.size(1), x.size(2), x.size(3)).flatten(0, 1);
  }

  /**
   * The same, but query t sees at most {@code window} keys, its own and those just before it
   * (sliding window attention).
   */
  public static Tensor causal(Tensor q, Tensor k, Tensor v, long window) {
    long keys = k.size(2);
    if (keys <= window) {
      return causal(q, k, v);
    }
    return q.size(2) == 1
        ? full(q, k.narrow(2, keys - window, window), v.narrow(2, keys - window, window))
        : chunked(q, k, v, 1 / Math.sqrt((double) q.size(-1)), window);
  }

  private static boolean usesFusedKernel(Tensor q) {
    return !q.device().isCpu() || q.dtype() == DType.FLOAT32;
  }

  /** (T, S): 0 where a query sees a key, minus infinity elsewhere. */
  private static Tensor causalMask(Tensor q, Tensor k) {
    return mask(q.size(2), k.size(2), k.size(2), q.dtype(), q.device());
  }

  /** The same where the queries belong to the last of the keys, and see a window of them. */
  private static Tensor mask(long queries, long keys, long window, DType dtype, Device device) {
    Tensor key = Tensors.arange(keys, DType.FLOAT32, device).unsqueeze(0); // (1, S)
    Tensor query = Tensors.arange(queries, DType.FLOAT32, device).unsqueeze(1); // (T, 1)
    Tensor back = query.sub(key).add((double) (keys - queries)); // (T, S): 0 for a query's own key
    Tensor nothing = Tensors.zeros(dtype, device, 1);
    Tensor hidden = Tensors.full(Double.NEGATIVE_INFINITY, dtype, device, 1);
    return back.ge((double) window).where(hidden, back.ge(0).where(nothing, hidden));
  }

  /**
   * A chunk of queries at a time.
   *
   * @param window how many keys a query sees, its own and those before it, or {@link #NOT_CAUSAL}
   */
  private static Tensor chunked(Tensor q, Tensor k, Tensor v, double scale, long window) {
    long batch = q.size(0);
    long keyHeads = k.size(1);
    long group = q.size(1) / keyHeads;
    long queries = q.size(2);
    long keys = k.size(2);
    long width = q.size(3);
    Tensor kT = k.reshape(batch * keyHeads, keys, width).transpose(1, 2); // (BK, d, S)
    Tensor values = v.reshape(batch * keyHeads, keys, v.size(3)); // (BK, S, e)
    Tensor scaled = q.mul(scale);
    List<Tensor> rows = new ArrayList<>();
    for (long from = 0; from < queries; from += CHUNK) {
      try (TensorScope turn = TensorScope.open()) {
        long count = Math.min(CHUNK, queries - from);
        long own = keys - queries + from;
        long end = window == NOT_CAUSAL ? keys : own + count;
        long start = window == NOT_CAUSAL ? 0 : Math.max(0, own + 1 - window);
        long seen = end - start;
        Tensor chunk =
            scaled.narrow(2, from, count).reshape(batch * keyHeads, group * count, width);
        Tensor scores = chunk.matmul(kT.narrow(2, start, seen)); // (BK, G·t, s)
        if (window != NOT_CAUSAL) {
          scores =
              scores
                  .view(batch * keyHeads, group, count, seen)
                  .add(mask(count, seen, window, q.dtype(), q.device()))
                  .view(batch * keyHeads, group * count, seen);
        }
        Tensor mixed = scores.softmax(-1).matmul(values.narrow(1, start, seen)); // (BK, G·t, e)
        rows.add(turn.handUp(mixed.view(batch, keyHeads * group, count, v.size(3))));
      }
    }
    return rows.size() == 1 ? rows.get(0) : Tensors.cat(2, rows); // (B, H, T, e)
  }
}
