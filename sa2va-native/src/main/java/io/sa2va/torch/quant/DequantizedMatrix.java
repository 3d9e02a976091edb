package io.sa2va.torch.quant;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.List;
import java.util.Optional;

/** Any device and any number of rows: the values are made anew for each product. */
final class DequantizedMatrix implements QuantizedMatrix {
  private final QuantizationMethod quantization;
  private final List<Kept> parts;

  DequantizedMatrix(QuantizationMethod quantization, List<Tensor> parts) {
    this.quantization = quantization;
    this.parts = parts.stream().map(Kept::of).toList();
  }

  @Override
  public Tensor multiply(Tensor x) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> borrowed = parts.stream().map(Kept::tensor).toList();
      Tensor matrix = quantization.dequantize(borrowed, x.dtype()); // (N, K)
      return scope.handUp(Functional.linear(x, matrix, Optional.empty())); // (…, N)
    }
  }

  @Override
  public void close() {
    parts.forEach(Kept::close);
  }
}
