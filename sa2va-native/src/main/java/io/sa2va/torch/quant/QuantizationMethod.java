package io.sa2va.torch.quant;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import java.util.List;

/**
 * A way of keeping matrices with few bits a value: integers and the numbers that scale them.
 *
 * <p>Shapes: N rows, K columns. Everything is done row by row, so that matrices which stand below
 * each other are their parts below each other.
 */
public interface QuantizationMethod {
  /** 8 bits, and a scale for each row. */
  static QuantizationMethod int8() {
    return new Int8Quantization();
  }

  /**
   * 4 bits, and a scale and a minimum for each group of a row.
   *
   * @param group columns that share them: 32, 64, 128 or 256
   */
  static QuantizationMethod int4(int group) {
    return new Int4Quantization(group);
  }

  /**
   * One of the tensors that a matrix becomes.
   *
   * @param suffix of its name in a checkpoint, after that of the matrix; empty for the integers
   * @param dtype of its elements
   * @param shape for one matrix; the first size is N
   */
  record Part(String suffix, DType dtype, List<Long> shape) {
    public Part {
      shape = List.copyOf(shape);
    }

    public long[] shapeArray() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /** Bits of one value, without what scales them. */
  int bits();

  /** Columns that share a scale; 0 for all of a row. */
  int group();

  /** Whether rows of this many values can be kept so. */
  boolean fits(long columns);

  /** What a matrix of this size becomes, the integers first. */
  List<Part> parts(long rows, long columns);

  /** Rounds a matrix (N, K) of any floating point type to its {@link #parts}. */
  List<Tensor> quantize(Tensor matrix);

  /** The matrix (N, K) that parts stand for. */
  Tensor dequantize(List<Tensor> parts, DType dtype);

  /**
   * Makes parts ready to be multiplied where they are.
   *
   * @param dtype of what the matrix will be multiplied with
   * @return with memory of its own where that makes it quick; the parts may be closed
   */
  QuantizedMatrix matrix(List<Tensor> parts, DType dtype);

  /**
   * Bytes that a matrix of this size takes once it is loaded.
   *
   * @param dtype of what it will be multiplied with
   */
  long bytes(long rows, long columns, DType dtype);
}
