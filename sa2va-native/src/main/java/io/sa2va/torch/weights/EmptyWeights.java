package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights without data: whatever a model asks for, it gets in shape only, and the names and shapes
 * asked for are kept. For counting parameters and checking names without a checkpoint.
 */
public final class EmptyWeights implements WeightSource {
  private final Map<String, List<Long>> asked = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Set<String> optional;

  /**
   * Starts without anything asked.
   *
   * @param optional names of optional weights that are to be there
   */
  public EmptyWeights(Set<String> optional) {
    this.optional = Set.copyOf(optional);
  }

  public EmptyWeights() {
    this(Set.of());
  }

  /** Shapes of all weights asked for so far, by name, in the order of asking. */
  public Map<String, List<Long>> asked() {
    synchronized (asked) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    }
  }

  @Override
  public Set<String> names() {
    return Set.of();
  }

  @Override
  public boolean has(String name) {
    return optional.contains(name);
  }

  @Override
  public Tensor view(String name, long... shape) {
    return read(name, shape);
  }

  @Override
  public Tensor read(String name, long... shape) {
    asked.put(name, Arrays.stream(shape).boxed().toList());
    return Tensors.empty(DType.BFLOAT16, Device.META, shape);
  }

  @Override
  public void readPart(String name, long from, ByteBuffer into) {
    throw new WeightException("the weight \"" + name + "\" has no data");
  }

  /** Shapes without data have a place of their own. */
  @Override
  public Device target(Device device) {
    return Device.META;
  }

  @Override
  public void close() {}
}
