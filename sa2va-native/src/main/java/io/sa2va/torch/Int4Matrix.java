package io.sa2va.torch;

import java.util.List;
import org.bytedeco.pytorch.IValue;

/**
 * A matrix of 4-bit integers in the layout of libtorch's CPU kernel, which is quick for few rows
 * and slow for many. Groups of columns share a scale and a minimum.
 *
 * <p>Immutable and thread-safe. Shapes: N rows, K columns, G groups of a row.
 */
public final class Int4Matrix implements AutoCloseable {
  /** The kernel wants the rows in packs of this many. */
  private static final long ROW_PACK = 16;

  /** What the kernel takes for zero: codes 0 to 15 stand for -8 to 7. */
  private static final double MIDDLE = 8;

  private static final long INNER_TILES = 1;

  private final Kept packed;
  private final Kept scalesAndMiddles; // (G, N, 2)
  private final long rows;
  private final long group;

  private Int4Matrix(Kept packed, Kept scalesAndMiddles, long rows, long group) {
    this.packed = packed;
    this.scalesAndMiddles = scalesAndMiddles;
    this.rows = rows;
    this.group = group;
  }

  private static final class Operators {
    static final Operator PACK = Operator.named("aten::_convert_weight_to_int4pack_for_cpu");
    static final Operator MULTIPLY = Operator.named("aten::_weight_int4pack_mm_for_cpu");
  }

  /**
   * Packs a copy of a matrix.
   *
   * @param codes (N, K) of INT32, 0 to 15
   * @param scales of the groups (N, G)
   * @param minima what code 0 stands for (N, G)
   * @param dtype of the vectors it will be multiplied with
   */
  public static Int4Matrix pack(Tensor codes, Tensor scales, Tensor minima, DType dtype) {
    long rows = codes.size(0);
    try (TensorScope scope = TensorScope.open()) {
      IValue padded = new IValue(padRows(codes).contiguous().handle());
      Tensor packed = Operators.PACK.tensor(padded, new IValue(INNER_TILES));
      Tensor middles = minima.to(DType.FLOAT32).add(scales.to(DType.FLOAT32).mul(MIDDLE));
      Tensor both = Tensors.stack(-1, List.of(scales.to(DType.FLOAT32), middles)); // (N, G, 2)
      Tensor byGroup = padRows(both).transpose(0, 1).contiguous().to(dtype); // (G, N, 2)
      return new Int4Matrix(
          Kept.of(packed), Kept.of(byGroup), rows, codes.size(1) / scales.size(1));
    }
  }

  private static Tensor padRows(Tensor x) {
    long missing = Math.floorMod(-x.size(0), ROW_PACK);
    long[] padding = new long[2 * x.dim()];
    padding[padding.length - 1] = missing;
    return missing == 0 ? x : Functional.pad(x, padding);
  }

  /** x·matrixᵀ: (…, K) → (…, N), in x's type, which is the one that was packed for. */
  public Tensor multiply(Tensor x) {
    long[] shape = x.shape();
    shape[shape.length - 1] = rows;
    try (TensorScope scope = TensorScope.open()) {
      Tensor flat = x.reshape(-1, x.size(-1)).contiguous(); // (M, K)
      Tensor product =
          Operators.MULTIPLY.tensor(
              new IValue(flat.handle()),
              new IValue(packed.tensor().handle()),
              new IValue(group),
              new IValue(scalesAndMiddles.tensor().handle()));
      return scope.handUp(product.narrow(1, 0, rows).reshape(shape));
    }
  }

  @Override
  public void close() {
    packed.close();
    scalesAndMiddles.close();
  }
}
