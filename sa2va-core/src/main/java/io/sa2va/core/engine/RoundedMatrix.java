package io.sa2va.core.engine;

import com.google.common.primitives.Longs;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.quant.QuantizationMethod;
import io.sa2va.torch.weights.SafetensorsWeights;
import java.util.List;

/**
 * The parts of the matrix that was asked for last, so that one whose parts are taken one after the
 * other is rounded once. For one thread.
 */
final class RoundedMatrix implements AutoCloseable {
  private final SafetensorsWeights files;
  private final QuantizationMethod method;
  private String name = "";
  private List<Kept> parts = List.of();

  RoundedMatrix(SafetensorsWeights files, QuantizationMethod method) {
    this.files = files;
    this.method = method;
  }

  /** A part, borrowed until one of another matrix is asked for. */
  Tensor part(String matrix, int index) {
    if (!name.equals(matrix)) {
      close();
      parts = rounded(matrix);
      name = matrix;
    }
    return parts.get(index).tensor();
  }

  private List<Kept> rounded(String matrix) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor values = files.view(matrix, Longs.toArray(files.info(matrix).shape()));
      return method.quantize(values).stream().map(Kept::of).toList();
    }
  }

  @Override
  public void close() {
    parts.forEach(Kept::close);
    parts = List.of();
    name = "";
  }
}
