package io.sa2va.torch.weights;

import io.sa2va.torch.Tensor;

/** What training adds to a linear map whose own weight may stay as it is. */
@FunctionalInterface
public interface Adapter {
  /** From the map's input (…, in), what is added to its output (…, out). */
  Tensor forward(Tensor x);
}
