package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor that is made when it is its turn to be written, so that a file may be larger than
 * memory.
 *
 * @param dtype of its elements
 * @param shape sizes, outermost first; empty for a scalar
 * @param values makes it in the innermost scope
 */
public record PendingTensor(DType dtype, List<Long> shape, Supplier<Tensor> values) {
  public PendingTensor {
    shape = List.copyOf(shape);
  }

  /** A tensor that is there already. */
  static PendingTensor of(Tensor tensor) {
    return new PendingTensor(
        tensor.dtype(), Arrays.stream(tensor.shape()).boxed().toList(), () -> tensor);
  }

  /** Bytes that it will take. */
  public long bytes() {
    return shape.stream().reduce((long) dtype.bytes(), Math::multiplyExact);
  }

  /** Makes it, and checks that it is what was announced. */
  Tensor make(String name) {
    Tensor tensor = values.get();
    if (tensor.dtype() != dtype || !Arrays.equals(tensor.shape(), shapeArray())) {
      throw new WeightException(
          "the weight \"" + name + "\" was to be " + dtype + shape + ", but is " + tensor);
    }
    return tensor;
  }

  long[] shapeArray() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
