package io.sa2va.torch;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.QEngine;

/**
 * A matrix of 8-bit integers in the layout of FBGEMM, whose products are quick on x86-64 processors
 * however many rows they have. The rows of the other factor are rounded to 8 bits, too, each with a
 * scale of its own.
 *
 * <p>Immutable and thread-safe. Shapes: N rows, K columns.
 */
public final class Int8Matrix implements AutoCloseable {
  private static final long ALONG_ROWS = 0;
  private static final double TINY = 1e-30;

  private final IValue packed;
  private final boolean sevenBits;
  private boolean open = true;

  private Int8Matrix(IValue packed, boolean sevenBits) {
    this.packed = packed;
    this.sevenBits = sevenBits;
  }

  /** The operators, found when the first matrix is packed. */
  private static final class Operators {
    static final Operator QUANTIZED = Operator.named("aten::_make_per_channel_quantized_tensor");
    static final Operator PACK = Operator.named("quantized::linear_prepack");
    static final Operator MULTIPLY = Operator.named("quantized::linear_dynamic");
  }

  /** Whether this processor's libtorch has these products. */
  public static boolean isSupported() {
    Torch.initialize();
    QEngine engine = torch.globalContext().qEngine().intern();
    return engine == QEngine.X86 || engine == QEngine.FBGEMM;
  }

  /**
   * Packs a copy of a matrix.
   *
   * @param codes (N, K) of INT8, on the CPU
   * @param scales of the rows (N), FLOAT32
   */
  public static Int8Matrix pack(Tensor codes, Tensor scales) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor zeros = Tensors.zeros(DType.INT64, Device.CPU, scales.size(0));
      Tensor quantized =
          Operators.QUANTIZED.tensor(
              value(codes), value(scales.to(DType.FLOAT64)), value(zeros), new IValue(ALONG_ROWS));
      IValue packed = Operators.PACK.value(value(quantized), new IValue());
      TensorScope.retain(packed);
      // Without VNNI two products of 8 bits each overflow the 16 bits they are added in.
      return new Int8Matrix(packed, !CpuFeatures.hasVnni());
    }
  }

  /** x·matrixᵀ: (…, K) → (…, N), in x's type. */
  public Tensor multiply(Tensor x) {
    if (!open) {
      throw new IllegalStateException("this matrix was closed");
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor rows = x.to(DType.FLOAT32);
      Tensor product = x.numel() == x.size(-1) ? dynamic(rows) : rowByRow(rows);
      return scope.handUp(product.to(x.dtype()));
    }
  }

  /** FBGEMM takes one scale for all rows, so they are made equally large before and not after. */
  private Tensor rowByRow(Tensor rows) {
    Tensor largest = rows.abs().amax(true, -1).clampMin(TINY); // (…, 1)
    return dynamic(rows.div(largest)).mulInPlace(largest);
  }

  private Tensor dynamic(Tensor rows) {
    return Operators.MULTIPLY.tensor(value(rows), packed, new IValue(sevenBits));
  }

  private static IValue value(Tensor tensor) {
    return new IValue(tensor.handle());
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      TensorScope.release(packed);
    }
  }
}
