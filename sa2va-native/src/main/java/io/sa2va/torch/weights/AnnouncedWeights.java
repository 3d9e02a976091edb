package io.sa2va.torch.weights;

import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Weights that are still to be written, in shape only: a model that can be built of them can be
 * loaded once they are.
 */
public final class AnnouncedWeights implements WeightSource {
  private final String place;
  private final Map<String, PendingTensor> tensors;

  /**
   * @param place where they come from, for messages
   */
  public AnnouncedWeights(String place, Map<String, PendingTensor> tensors) {
    this.place = place;
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  @Override
  public Tensor view(String name, long... shape) {
    PendingTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new WeightException("weight \"" + name + "\" is missing from " + place);
    }
    if (!Arrays.equals(tensor.shapeArray(), shape)) {
      throw new WeightException(
          "weight \"%s\" of %s has shape %s, but the model has %s there"
              .formatted(name, place, tensor.shape(), Arrays.toString(shape)));
    }
    return Tensors.empty(tensor.dtype(), Device.META, shape);
  }

  @Override
  public Tensor read(String name, long... shape) {
    return view(name, shape);
  }

  @Override
  public void readPart(String name, long from, ByteBuffer into) {
    throw new WeightException("the weight \"" + name + "\" is not written yet");
  }

  /** Shapes without data have a place of their own. */
  @Override
  public Device target(Device device) {
    return Device.META;
  }

  @Override
  public void close() {}
}
