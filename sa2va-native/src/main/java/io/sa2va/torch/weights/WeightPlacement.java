package io.sa2va.torch.weights;

import io.sa2va.torch.Device;

/** Which device gets each of a model's weights. Immutable. */
@FunctionalInterface
public interface WeightPlacement {
  /**
   * The device of a weight, or of all weights below a place.
   *
   * @param name of the weight, or of the place with a dot at its end
   */
  Device of(String name);
}
