package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import java.util.Optional;

/**
 * What is trained of a model, asked while its parts take their weights from a {@link WeightStore}.
 */
public interface Tuning {
  /** Whether a weight is a parameter. */
  boolean trains(String name);

  /**
   * Makes a weight a parameter.
   *
   * @param stored its values, in memory of their own, in the innermost scope
   * @param device where the model wants it
   * @param dtype the type that the model computes in
   * @return what the model computes with; it belongs to this object, which must outlive the model
   */
  Tensor parameter(String name, Tensor stored, Device device, DType dtype);

  /**
   * What is trained besides the weight of a linear map.
   *
   * @param name of the map, without {@code .weight}
   */
  Optional<Adapter> adapter(String name, long in, long out, Device device, DType dtype);
}
