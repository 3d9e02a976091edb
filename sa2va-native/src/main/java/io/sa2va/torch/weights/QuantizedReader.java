package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.quant.QuantizationMethod;
import io.sa2va.torch.quant.QuantizedMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads matrices with few bits a value: from their parts where the checkpoint has those, else by
 * rounding its own values.
 */
final class QuantizedReader {
  private final WeightSource source;
  private final QuantizationMethod quantization;
  private final Device device;
  private final DType dtype;

  QuantizedReader(
      WeightSource source, QuantizationMethod quantization, Device device, DType dtype) {
    this.source = source;
    this.quantization = quantization;
    this.device = device;
    this.dtype = dtype;
  }

  boolean fits(long columns) {
    return quantization.fits(columns);
  }

  /** The names of what is stored for a matrix: its parts, or the matrix itself. */
  List<String> names(String name) {
    return isStored(name)
        ? quantization.parts(1, 1).stream().map(part -> name + part.suffix()).toList()
        : List.of(name);
  }

  private boolean isStored(String name) {
    return quantization.parts(1, 1).stream()
        .map(QuantizationMethod.Part::suffix)
        .filter(suffix -> !suffix.isEmpty())
        .anyMatch(suffix -> source.has(name + suffix));
  }

  /** Matrices below each other, in the innermost scope. */
  QuantizedMatrix read(List<String> names, List<Long> rows, long columns) {
    try (TensorScope scope = TensorScope.open()) {
      List<List<Tensor>> matrices = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        matrices.add(parts(names.get(i), rows.get(i), columns));
      }
      return matrix(stack(matrices));
    }
  }

  private QuantizedMatrix matrix(List<Tensor> parts) {
    return quantization.matrix(parts.stream().map(part -> part.to(device)).toList(), dtype);
  }

  long bytes(long rows, long columns) {
    return quantization.bytes(rows, columns, dtype);
  }

  private List<Tensor> parts(String name, long rows, long columns) {
    if (isStored(name)) {
      return quantization.parts(rows, columns).stream().map(part -> stored(name, part)).toList();
    }
    Tensor values = source.view(name, rows, columns);
    WeightStore.requireFloatingPoint(name, values);
    return rounded(values);
  }

  private List<Tensor> rounded(Tensor values) {
    return values.device().equals(Device.META)
        ? withoutData(values.size(0), values.size(1))
        : quantization.quantize(values);
  }

  private List<Tensor> withoutData(long rows, long columns) {
    return quantization.parts(rows, columns).stream()
        .map(part -> Tensors.empty(part.dtype(), Device.META, part.shapeArray()))
        .toList();
  }

  private Tensor stored(String name, QuantizationMethod.Part part) {
    Tensor tensor = source.view(name + part.suffix(), part.shapeArray());
    if (tensor.dtype() != part.dtype()) {
      throw new WeightException(
          "weight \""
              + name
              + part.suffix()
              + "\" has dtype "
              + tensor.dtype()
              + ", but matrices of "
              + quantization.bits()
              + " bits have "
              + part.dtype()
              + " there; check quantization_config in config.json");
    }
    return tensor;
  }

  private static List<Tensor> stack(List<List<Tensor>> matrices) {
    if (matrices.size() == 1) {
      return matrices.get(0);
    }
    return IntStream.range(0, matrices.get(0).size())
        .mapToObj(i -> Tensors.cat(0, matrices.stream().map(parts -> parts.get(i)).toList()))
        .toList();
  }
}
