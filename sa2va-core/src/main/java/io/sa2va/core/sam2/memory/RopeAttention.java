package io.sa2va.core.sam2.memory;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.nn.Attention;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;

/**
 * One-headed attention with rotary positions. Keys may be several grids in a row, each turned like
 * the queries' own, and end in tokens that have no place and are not turned.
 *
 * <p>Reference: {@code RoPEAttention} in sam2's transformer.py. Shapes: N objects, L queries, M
 * keys, C channels of the queries, m channels of keys and values.
 */
final class RopeAttention {
  private final Linear qProj;
  private final Linear kProj;
  private final Linear vProj;
  private final Linear outProj;
  private final AxialRope rope;

  RopeAttention(Weights weights, long width, long keyWidth, AxialRope rope) {
    this.qProj = Linear.of(weights.at("q_proj"), width, width);
    this.kProj = Linear.of(weights.at("k_proj"), keyWidth, width);
    this.vProj = Linear.of(weights.at("v_proj"), keyWidth, width);
    this.outProj = Linear.of(weights.at("out_proj"), width, width);
    this.rope = rope;
  }

  /**
   * Attends.
   *
   * @param q (N, L, C)
   * @param k (N, M, m)
   * @param v (N, M, m)
   * @param placeless how many keys, the last ones, have no place
   * @return (N, L, C)
   */
  Tensor forward(Tensor q, Tensor k, Tensor v, long placeless) {
    Tensor queries = rope.rotate(qProj.forward(q).unsqueeze(1)); // (N, 1, L, C)
    Tensor keys = rotateKeys(kProj.forward(k).unsqueeze(1), placeless); // (N, 1, M, C)
    return outProj.forward(mix(queries, keys, v)); // (N, L, C)
  }

  /**
   * What each query sees adds up to 1, so that narrow values can be mixed before they are widened.
   */
  private Tensor mix(Tensor queries, Tensor keys, Tensor v) {
    if (v.size(-1) < queries.size(-1) && Attention.gainsByNarrowValues(queries)) {
      return vProj.forward(Attention.full(queries, keys, v.unsqueeze(1)).squeeze(1)); // (N, L, C)
    }
    return Attention.full(queries, keys, vProj.forward(v).unsqueeze(1)).squeeze(1); // (N, L, C)
  }

  private Tensor rotateKeys(Tensor keys, long placeless) {
    if (placeless == 0) {
      return rope.rotate(keys);
    }
    long placed = keys.size(2) - placeless;
    return Tensors.cat(
        2, rope.rotate(keys.narrow(2, 0, placed)), keys.narrow(2, placed, placeless));
  }
}
