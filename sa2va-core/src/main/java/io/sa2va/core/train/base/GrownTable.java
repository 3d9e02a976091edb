package io.sa2va.core.train.base;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.PendingTensor;
import io.sa2va.torch.weights.WeightException;
import java.util.List;

/**
 * A token table or head with a row for each token: rows beyond the old ones are their mean, rows
 * beyond the tokens are left out.
 *
 * <p>Source: {@code resize_token_embeddings} of transformers, which draws new rows around the same
 * mean, but with only 1e-9 of the rows' variance.
 */
final class GrownTable {
  private GrownTable() {}

  /**
   * The same table with other rows.
   *
   * @param table (old rows, D)
   * @throws WeightException if it is no matrix of floating point numbers
   */
  static PendingTensor of(String name, PendingTensor table, long rows) {
    if (table.shape().size() != 2 || !table.dtype().isFloatingPoint()) {
      throw new WeightException(
          "\"%s\" should be a matrix of floating point numbers to get rows for new tokens, but is %s of %s"
              .formatted(name, table.shape(), table.dtype()));
    }
    return new PendingTensor(
        table.dtype(), List.of(rows, table.shape().get(1)), () -> resized(table, rows));
  }

  private static Tensor resized(PendingTensor table, long rows) {
    Tensor old = table.values().get();
    if (rows <= old.size(0)) {
      return old.narrow(0, 0, rows);
    }
    Tensor mean = old.to(DType.FLOAT32).mean(true, 0).to(old.dtype()); // (1, D)
    return Tensors.cat(0, old, mean.expand(rows - old.size(0), old.size(1)));
  }
}
