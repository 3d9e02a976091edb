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
 * times slower than plain products, so there the scores are computed for a chunk of queries of some
 * heads at a time, small enough to stay in the cache.
 *
 * <p>Shapes: B batch, H query heads, K key heads (K divides H), T queries, S keys, d head width.
 */
public final class Attention {
  /** Queries of a chunk, and of one that does not see all keys: short ones see fewer in vain. */
  private static final long CHUNK = 256;

  private static final long CAUSAL_CHUNK = 128;

  /** About so many scores at a time are written and read again before they leave the cache. */
  private static final long BLOCK = 5 << 18;

  private static final long NOT_CAUSAL = -1;

  private Attention() {}

  /** Every query sees every key: q (B, H, T, d), k (B, K, S, d), v (B, K, S, e) → (B, H, T, e). */
  public static Tensor full(Tensor q, Tensor k, Tensor v) {
    double scale = 1 / Math.sqrt((double) q.size(-1));
    return usesFusedKernel(q)
        ? Functional.scaledDotProductAttention(q, k, v, false, scale)
        : chunked(q, k, v, scale, NOT_CAUSAL);
  }

  /** Whether values narrower than the keys are less work; fused kernels want them equally wide. */
  public static boolean gainsByNarrowValues(Tensor q) {
    return !usesFusedKernel(q);
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
   * A chunk of queries of some heads at a time.
   *
   * @param window how many keys a query sees, its own and those before it, or {@link #NOT_CAUSAL}
   */
  private static Tensor chunked(Tensor q, Tensor k, Tensor v, double scale, long window) {
    long keyHeads = q.size(0) * k.size(1); // of all pictures: N
    long group = q.size(1) / k.size(1);
    long queries = q.size(2);
    long keys = k.size(2);
    long width = q.size(3);
    long length = evenly(queries, window == NOT_CAUSAL ? CHUNK : CAUSAL_CHUNK);
    Tensor kT = k.reshape(keyHeads, keys, width).transpose(1, 2); // (N, d, S)
    if (queries > length) {
      kT = kT.contiguous(); // once, or each product does it
    }
    Tensor values = v.reshape(keyHeads, keys, v.size(3)); // (N, S, e)
    Tensor scaled = q.mul(scale).reshape(keyHeads, group, queries, width); // (N, G, T, d)
    long heads = Math.max(1, BLOCK / (group * length * keys));
    List<Tensor> mixed = new ArrayList<>();
    for (long head = 0; head < keyHeads; head += heads) {
      long count = Math.min(heads, keyHeads - head);
      mixed.add(
          chunked(
              scaled.narrow(0, head, count),
              kT.narrow(0, head, count),
              values.narrow(0, head, count),
              length,
              window));
    }
    return joined(0, mixed).view(q.size(0), q.size(1), queries, v.size(3)); // (B, H, T, e)
  }

  /** About so many of all: as many in each part, since one that is left over costs as a part. */
  private static long evenly(long all, long wanted) {
    long parts = Math.max(1, Math.round((double) all / wanted));
    return (all + parts - 1) / parts;
  }

  /** q (N, G, T, d), kT (N, d, S) and v (N, S, e) → (N, G, T, e). */
  private static Tensor chunked(Tensor q, Tensor kT, Tensor v, long length, long window) {
    long heads = q.size(0);
    long group = q.size(1);
    long queries = q.size(2);
    long keys = v.size(1);
    List<Tensor> rows = new ArrayList<>();
    for (long from = 0; from < queries; from += length) {
      try (TensorScope turn = TensorScope.open()) {
        long count = Math.min(length, queries - from);
        long own = keys - queries + from;
        long end = window == NOT_CAUSAL ? keys : own + count;
        long start = window == NOT_CAUSAL ? 0 : Math.max(0, own + 1 - window);
        long seen = end - start;
        Tensor chunk = q.narrow(2, from, count).reshape(heads, group * count, q.size(3));
        Tensor scores = chunk.matmul(kT.narrow(2, start, seen)); // (N, G·t, s)
        if (window != NOT_CAUSAL) {
          hide(scores.view(heads, group, count, seen), window);
        }
        Tensor mixed = scores.softmax(-1).matmul(v.narrow(1, start, seen)); // (N, G·t, e)
        rows.add(turn.handUp(mixed.view(heads, group, count, v.size(2))));
      }
    }
    return joined(2, rows);
  }

  /** Hides from t queries what comes after them, and what is out of the window: (N, G, t, s). */
  private static void hide(Tensor scores, long window) {
    long count = scores.size(2);
    long seen = scores.size(3);
    // Where the window is wider, all queries of the chunk see all keys before the chunk.
    long doubtful = seen <= window ? count : seen;
    scores
        .narrow(3, seen - doubtful, doubtful)
        .addInPlace(mask(count, doubtful, window, scores.dtype(), scores.device()));
  }

  private static Tensor joined(int dim, List<Tensor> parts) {
    return parts.size() == 1 ? parts.get(0) : Tensors.cat(dim, parts);
  }
}
