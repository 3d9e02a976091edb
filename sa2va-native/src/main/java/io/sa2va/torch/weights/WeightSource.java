package io.sa2va.torch.weights;

import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Where weights come from: files, or nowhere ({@link EmptyWeights}). Safe to share between threads.
 */
public interface WeightSource extends AutoCloseable {
  /** The names of all weights; empty where a source makes up whatever it is asked for. */
  Set<String> names();

  boolean has(String name);

  /**
   * A view of a weight where it is stored, in the innermost scope. Its data are touched when used.
   *
   * @param shape what the model expects
   * @throws WeightException if there is none of that name, or it has another shape
   */
  Tensor view(String name, long... shape);

  /**
   * A weight read into memory of its own, in the innermost scope, and in the type it is stored in.
   *
   * @param shape what the model expects
   * @throws WeightException if there is none of that name, it has another shape, or reading fails
   */
  Tensor read(String name, long... shape);

  /**
   * Reads some of the bytes of a weight as it is stored, row-major and in native byte order.
   *
   * @param from the first byte
   * @param into is filled to its limit
   * @throws WeightException if there is none of that name, or reading fails
   */
  void readPart(String name, long from, ByteBuffer into);

  /** Where a model that asks for a device gets its weights: there. */
  default Device target(Device device) {
    return device;
  }

  @Override
  void close();
}
