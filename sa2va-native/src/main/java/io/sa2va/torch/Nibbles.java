package io.sa2va.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/** Numbers from 0 to 15, two in a byte of a UINT8 tensor. */
public final class Nibbles {
  private static final int BITS = 4;
  private static final int MASK = 15;

  private Nibbles() {}

  /** Two tensors (…) of UINT8 in one. */
  public static Tensor join(Tensor low, Tensor high) {
    return Tensor.wrap(low.handle().bitwise_or(torch.__lshift__(high.handle(), new Scalar(BITS))));
  }

  public static Tensor low(Tensor bytes) {
    return Tensor.wrap(bytes.handle().bitwise_and(new Scalar(MASK)));
  }

  public static Tensor high(Tensor bytes) {
    return Tensor.wrap(torch.__rshift__(bytes.handle(), new Scalar(BITS)));
  }
}
