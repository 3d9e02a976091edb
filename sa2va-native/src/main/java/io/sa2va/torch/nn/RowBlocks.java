package io.sa2va.torch.nn;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Computes some rows of a tensor at a time, so that what a perceptron has in between, which is much
 * wider than its input, stays in a CPU's cache.
 */
public final class RowBlocks {
  /** Values in between at a time. */
  private static final long MOST_VALUES = 1 << 22;

  private RowBlocks() {}

  /**
   * Maps each row by itself.
   *
   * @param x (…, in)
   * @param inner values in between for each row
   * @param map of some rows (n, in) → (n, out)
   * @return (…, out)
   */
  public static Tensor map(Tensor x, long inner, UnaryOperator<Tensor> map) {
    long[] shape = x.shape();
    long rows = x.numel() / shape[shape.length - 1];
    long blocks = (rows * inner + MOST_VALUES - 1) / MOST_VALUES;
    if (blocks < 2 || !x.device().isCpu()) {
      return map.apply(x);
    }
    long length = (rows + blocks - 1) / blocks;
    Tensor flat = x.reshape(rows, shape[shape.length - 1]);
    List<Tensor> parts = new ArrayList<>();
    for (long from = 0; from < rows; from += length) {
      try (TensorScope turn = TensorScope.open()) {
        Tensor some = flat.narrow(0, from, Math.min(length, rows - from)); // (n, in)
        parts.add(turn.handUp(map.apply(some))); // (n, out)
      }
    }
    Tensor all = Tensors.cat(0, parts);
    shape[shape.length - 1] = all.size(1);
    return all.view(shape);
  }
}
