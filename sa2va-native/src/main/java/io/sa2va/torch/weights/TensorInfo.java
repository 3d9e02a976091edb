package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import java.util.List;

/**
 * What a safetensors header says of one tensor.
 *
 * @param dtype element type
 * @param shape sizes, outermost first; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last one
 */
public record TensorInfo(DType dtype, List<Long> shape, long begin, long end) {
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  public long bytes() {
    return end - begin;
  }

  long[] shapeArray() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
