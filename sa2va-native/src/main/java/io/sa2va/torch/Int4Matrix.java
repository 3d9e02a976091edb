package io.sa2va.torch;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * A matrix of 4-bit integers in the layout of libtorch's CPU kernel, which is quick for few rows.
 * For many the values are unpacked each time. Groups of columns share a scale and a minimum.
 *
 * <p>Immutable and thread-safe. Shapes: N rows, K columns, G groups of a row, M rows of what it is
 * multiplied with.
 */
public final class Int4Matrix implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Int4Matrix.class.getName());

  /** Up to this many rows the kernel is quicker than a product of unpacked values. */
  private static final long FEW_ROWS = 64;

  /** A whole number of the kernel's blocks on every processor. */
  private static final long ROW_PACK = 64;

  /** What the kernel takes for zero: codes 0 to 15 stand for -8 to 7. */
  private static final double MIDDLE = 8;

  private static final long INNER_TILES = 1;

  /** Unpacked so many at a time, values are still in the cache when they are scaled. */
  private static final long CACHED_VALUES = 1_250_000;

  private final Kernel kernel;
  private final Kept packed;
  private final Kept scalesAndMiddles; // (G, N, 2)
  private final long rows;
  private final long group;

  private Int4Matrix(Kernel kernel, Kept packed, Kept scalesAndMiddles, long rows, long group) {
    this.kernel = kernel;
    this.packed = packed;
    this.scalesAndMiddles = scalesAndMiddles;
    this.rows = rows;
    this.group = group;
  }

  /**
   * The operators.
   *
   * @param block rows of a block, which differ by processor: a byte has a row of the block's first
   *     half in its low bits, and the one as far into the second half in its high ones; 0 where it
   *     is not so
   */
  record Kernel(Operator pack, Operator multiply, long block) {
    /** Nothing where libtorch has no such operators, or lays out blocks in another way. */
    static Optional<Kernel> find(String pack, String multiply) {
      try (TensorScope scope = TensorScope.open()) {
        Operator packing = Operator.named(pack);
        return Optional.of(new Kernel(packing, Operator.named(multiply), blockOf(packing)))
            .filter(kernel -> kernel.block() > 0);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "no products of 4-bit matrices here", e);
        return Optional.empty();
      }
    }

    private static long blockOf(Operator pack) {
      try (TensorScope scope = TensorScope.open()) {
        long columns = 32;
        Tensor codes =
            Tensors.arange(ROW_PACK * columns, DType.INT64, Device.CPU).view(ROW_PACK, columns);
        // Neither rows nor columns repeat: 7 and 16 have no common factor, nor has their sum.
        Tensor mixed = codes.mul(7).add(codes.div((double) columns)).to(DType.INT32);
        Tensor probe = Nibbles.low(mixed);
        Tensor bytes = packCodes(pack, probe);
        for (long block : new long[] {64, 32}) {
          Tensor back = unpacked(bytes, columns, block, DType.INT32).transpose(0, 1);
          if (back.sub(probe).abs().sum().itemLong() == 0) {
            return block;
          }
        }
        return 0;
      }
    }
  }

  /** When the first matrix is packed. */
  private static final class Found {
    static final Optional<Kernel> KERNEL =
        Kernel.find(
            "aten::_convert_weight_to_int4pack_for_cpu", "aten::_weight_int4pack_mm_for_cpu");
  }

  /** Whether this processor's libtorch has a layout that is known. */
  public static boolean isSupported() {
    return Found.KERNEL.isPresent();
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
    try (TensorScope scope = TensorScope.open()) {
      Tensor wide = scales.to(DType.FLOAT32);
      Tensor middles = minima.to(DType.FLOAT32).add(wide.mul(MIDDLE));
      Tensor both = padRows(Tensors.stack(-1, List.of(wide, middles))); // (N, G, 2)
      // Nothing is kept before all is there: what the second part lacks would leak the first.
      Kernel kernel = Found.KERNEL.orElseThrow();
      Tensor packed = packCodes(kernel.pack(), padRows(codes));
      Tensor scalesAndMiddles = both.transpose(0, 1).contiguous().to(dtype); // (G, N, 2)
      long group = codes.size(1) / scales.size(1);
      return new Int4Matrix(
          kernel, Kept.of(packed), Kept.of(scalesAndMiddles), codes.size(0), group);
    }
  }

  private static Tensor packCodes(Operator pack, Tensor codes) {
    return pack.tensor(value(codes.contiguous()), new IValue(INNER_TILES));
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
      Tensor product = flat.size(0) <= FEW_ROWS ? byKernel(flat) : flat.matmul(values(flat));
      return scope.handUp(product.narrow(1, 0, rows).reshape(shape));
    }
  }

  /** (M, K) → (M, N) */
  private Tensor byKernel(Tensor x) {
    return kernel
        .multiply()
        .tensor(
            value(x), value(packed.tensor()), new IValue(group), value(scalesAndMiddles.tensor()));
  }

  /** The matrix, transposed, in the type of what it is multiplied with: (K, N). */
  private Tensor values(Tensor x) {
    Tensor scales = scalesAndMiddles.tensor().select(2, 0).contiguous().unsqueeze(1); // (G, 1, N)
    Tensor middles = scalesAndMiddles.tensor().select(2, 1).unsqueeze(1); // (G, 1, N)
    Tensor minima = middles.sub(scales.mul(MIDDLE)); // (G, 1, N)
    Tensor codes = emptyCodes(packed.tensor(), x.size(1), kernel.block(), x.dtype());
    Tensor values = codes.flatten(1, 3).unflatten(0, -1, group); // (G, g, N)
    long most = Math.max(1, CACHED_VALUES / (group * values.size(2)));
    for (long first = 0; first < values.size(0); first += most) {
      long groups = Math.min(most, values.size(0) - first);
      try (TensorScope scope = TensorScope.open()) {
        unpack(packed.tensor(), first * group, codes.narrow(0, first * group, groups * group));
        scale(
            values.narrow(0, first, groups),
            scales.narrow(0, first, groups),
            minima.narrow(0, first, groups));
      }
    }
    return codes.flatten(1, 3);
  }

  /** Codes become minimum + code · scale. */
  private static void scale(Tensor codes, Tensor scales, Tensor minima) {
    WorkCount.operation();
    torch.addcmul_out(
        codes.handle(), minima.handle(), codes.handle(), scales.handle(), new Scalar(1));
  }

  /** The codes of blocks of so many rows, transposed: (K, N). */
  private static Tensor unpacked(Tensor packed, long columns, long block, DType dtype) {
    Tensor codes = emptyCodes(packed, columns, block, dtype);
    unpack(packed, 0, codes);
    return codes.flatten(1, 3);
  }

  private static Tensor emptyCodes(Tensor packed, long columns, long block, DType dtype) {
    long half = block / 2;
    long blocks = packed.numel() / (columns * half);
    return Tensors.empty(dtype, Device.CPU, columns, blocks, 2, half);
  }

  /** Writes the codes of some columns: (columns, blocks, 2, half). */
  private static void unpack(Tensor packed, long column, Tensor codes) {
    long half = codes.size(3);
    Tensor bytes =
        packed
            .view(codes.size(1), -1, half)
            .narrow(1, column, codes.size(0))
            .transpose(0, 1); // (columns, blocks, half)
    codes.select(2, 0).copyFrom(Nibbles.low(bytes));
    codes.select(2, 1).copyFrom(Nibbles.high(bytes));
  }

  private static IValue value(Tensor tensor) {
    return new IValue(tensor.handle());
  }

  @Override
  public void close() {
    packed.close();
    scalesAndMiddles.close();
  }
}
