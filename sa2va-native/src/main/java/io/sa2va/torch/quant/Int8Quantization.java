package io.sa2va.torch.quant;

import io.sa2va.torch.DType;
import io.sa2va.torch.Int8Matrix;
import io.sa2va.torch.Tensor;
import java.util.List;

/** Codes -127 to 127 that a scale for each row makes values of. */
record Int8Quantization() implements QuantizationMethod {
  private static final double LARGEST = 127;
  private static final double TINY = 1e-12;

  @Override
  public int bits() {
    return 8;
  }

  @Override
  public int group() {
    return 0;
  }

  @Override
  public boolean fits(long columns) {
    return true;
  }

  @Override
  public List<Part> parts(long rows, long columns) {
    return List.of(
        new Part("", DType.INT8, List.of(rows, columns)),
        new Part("_scale", DType.FLOAT32, List.of(rows)));
  }

  @Override
  public List<Tensor> quantize(Tensor matrix) {
    Tensor values = matrix.to(DType.FLOAT32); // (N, K)
    Tensor scale = values.abs().amax(true, 1).clampMin(TINY).div(LARGEST); // (N, 1)
    return List.of(values.div(scale).round().to(DType.INT8), scale.view(-1));
  }

  @Override
  public Tensor dequantize(List<Tensor> parts, DType dtype) {
    return parts.get(0).to(dtype).mulInPlace(parts.get(1).to(dtype).unsqueeze(1)); // (N, K)
  }

  @Override
  public QuantizedMatrix matrix(List<Tensor> parts, DType dtype) {
    return parts.get(0).device().isCpu() && Int8Matrix.isSupported()
        ? new PackedInt8(Int8Matrix.pack(parts.get(0), parts.get(1)))
        : new DequantizedMatrix(this, parts);
  }

  @Override
  public long bytes(long rows, long columns, DType dtype) {
    return rows * (columns + DType.FLOAT32.bytes());
  }

  /** By the kernel that takes any number of rows; nothing else is kept. */
  private record PackedInt8(Int8Matrix matrix) implements QuantizedMatrix {
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
