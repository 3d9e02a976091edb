package io.sa2va.torch.quant;

import io.sa2va.torch.DType;
import io.sa2va.torch.Int4Matrix;
import io.sa2va.torch.Nibbles;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.List;

/**
 * Codes 0 to 15 for each of which a group of columns has a value: minimum + code · scale.
 *
 * <p>A byte holds two columns of a group, one of its first half in the low bits and the one as far
 * into the second half in the high ones.
 *
 * @param group 32, 64, 128 or 256
 */
record Int4Quantization(int group) implements QuantizationMethod {
  private static final double LARGEST = 15;
  private static final double TINY = 1e-12;

  Int4Quantization {
    if (!List.of(32, 64, 128, 256).contains(group)) {
      throw new IllegalArgumentException("a group must be 32, 64, 128 or 256, but was " + group);
    }
  }

  @Override
  public int bits() {
    return 4;
  }

  @Override
  public boolean fits(long columns) {
    return columns % group == 0;
  }

  @Override
  public List<Part> parts(long rows, long columns) {
    List<Long> groups = List.of(rows, columns / group);
    return List.of(
        new Part("", DType.UINT8, List.of(rows, columns / 2)),
        new Part("_scale", DType.BFLOAT16, groups),
        new Part("_min", DType.BFLOAT16, groups));
  }

  @Override
  public List<Tensor> quantize(Tensor matrix) {
    Tensor values = matrix.to(DType.FLOAT32).unflatten(1, -1, group); // (N, G, g)
    Tensor min = values.amin(true, 2).to(DType.BFLOAT16); // (N, G, 1)
    Tensor scale =
        values.amax(true, 2).sub(min).div(LARGEST).clampMin(TINY).to(DType.BFLOAT16); // (N, G, 1)
    Tensor codes =
        values.sub(min).div(scale).round().clamp(0, LARGEST).to(DType.UINT8); // (N, G, g)
    List<Tensor> halves = codes.chunk(2, 2); // 2 × (N, G, g / 2)
    return List.of(
        Nibbles.join(halves.get(0), halves.get(1)).flatten(1, 2), // (N, K / 2)
        scale.squeeze(2), // (N, G)
        min.squeeze(2)); // (N, G)
  }

  @Override
  public Tensor dequantize(List<Tensor> parts, DType dtype) {
    return codes(parts.get(0), dtype) // (N, G, g)
        .mulInPlace(parts.get(1).to(dtype).unsqueeze(2))
        .addInPlace(parts.get(2).to(dtype).unsqueeze(2))
        .flatten(1, 2); // (N, K)
  }

  /** (N, K / 2) → (N, G, g) */
  private Tensor codes(Tensor bytes, DType dtype) {
    Tensor pairs = bytes.unflatten(1, -1, group / 2); // (N, G, g / 2)
    Tensor codes =
        Tensors.empty(dtype, bytes.device(), pairs.size(0), pairs.size(1), 2, pairs.size(2));
    codes.select(2, 0).copyFrom(Nibbles.low(pairs));
    codes.select(2, 1).copyFrom(Nibbles.high(pairs));
    return codes.flatten(2, 3);
  }

  @Override
  public QuantizedMatrix matrix(List<Tensor> parts, DType dtype) {
    if (!parts.get(0).device().isCpu() || !Int4Matrix.isSupported()) {
      return new DequantizedMatrix(this, parts);
    }
    Tensor codes = codes(parts.get(0), DType.INT32).flatten(1, 2); // (N, K)
    return new PackedInt4(Int4Matrix.pack(codes, parts.get(1), parts.get(2), dtype));
  }

  @Override
  public long bytes(long rows, long columns, DType dtype) {
    return rows * (columns / 2 + columns / group * 2 * dtype.bytes());
  }

  /** By libtorch's kernel; nothing else is kept. */
  private record PackedInt4(Int4Matrix matrix) implements QuantizedMatrix {
    @Override
    public Tensor multiply(Tensor x) {
      return matrix.multiply(x);
    }

    @Override
    public void close() {
      matrix.close();
    }
  }
}
