package io.sa2va.core.testing;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;

/** Compares tensors and masks with recorded ones. */
public final class Masks {
  private Masks() {}

  /** ‖actual - recorded‖ / ‖recorded‖; shapes may differ by dimensions of size 1. */
  public static double relativeError(Tensor actual, Tensor recorded) {
    Tensor expected = recorded.to(DType.FLOAT32);
    Tensor difference = actual.to(DType.FLOAT32).reshape(expected.shape()).sub(expected);
    return Math.sqrt(difference.mul(difference).sum().item() / expected.mul(expected).sum().item());
  }

  /** Pixels in which logits (…, H, W) above 0 differ from rows of packed bits (…, H, ceil(W/8)). */
  public static int wrongPixels(Tensor logits, Tensor recorded) {
    int width = (int) logits.size(-1);
    int rowBytes = (width + 7) / 8;
    byte[] mask = logits.gt(0).toByteArray();
    byte[] bits = recorded.toByteArray();
    int wrong = 0;
    for (int i = 0; i < mask.length; i++) {
      int row = i / width;
      int column = i % width;
      int expected = bits[row * rowBytes + column / 8] >> (7 - column % 8) & 1;
      wrong += mask[i] == expected ? 0 : 1;
    }
    return wrong;
  }
}
