package io.sa2va.torch.weights;

import io.sa2va.torch.Tensor;
import java.util.Set;

/**
 * Where weights come from: files, or nowhere ({@link EmptyWeights}). Safe to share between threads.
 */
public interface WeightSource extends AutoCloseable {
  /** The names of all weights; empty where a source makes up whatever it is asked for. */
  Set<String> names();

  boolean has(String name);

  /**
   * A weight as it is stored, in the innermost scope.
   *
   * @param shape what the model expects
   * @throws WeightException if there is none of that name, or it has another shape
   */
  Tensor read(String name, long... shape);

  @Override
  void close();
}
