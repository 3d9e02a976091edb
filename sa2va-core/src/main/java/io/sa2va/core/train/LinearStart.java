package io.sa2va.core.train;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Random;

/**
 * Values that a linear map begins with in PyTorch ({@code Linear.reset_parameters}): all uniform
 * from -1 / √columns to 1 / √columns.
 */
public final class LinearStart {
  private LinearStart() {}

  /** (rows, columns), FLOAT32. */
  public static Tensor weight(Random random, long rows, long columns) {
    return Tensors.of(values(random, rows * columns, columns), rows, columns);
  }

  /**
   * (rows), FLOAT32.
   *
   * @param columns of the weight
   */
  public static Tensor bias(Random random, long rows, long columns) {
    return Tensors.of(values(random, rows, columns), rows);
  }

  private static float[] values(Random random, long count, long columns) {
    float[] values = new float[Math.toIntExact(count)];
    double bound = 1 / Math.sqrt((double) columns);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }
}
