package io.sa2va.core.train;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.SafetensorsFile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What AdamW remembers, as tensors of a safetensors file: {@code mean/NAME}, {@code square/NAME}
 * and {@code steps/NAME} for each parameter that it has changed.
 */
public final class OptimizerTensors {
  public static final String MEAN = "mean/";
  static final String SQUARE = "square/";
  private static final String STEPS = "steps/";

  private OptimizerTensors() {}

  /** Adds them to what will be written; what is new is of the innermost scope. */
  public static void add(AdamW optimizer, Map<String, Tensor> tensors) {
    optimizer
        .moments()
        .forEach(
            (name, moments) -> {
              tensors.put(MEAN + name, moments.mean());
              tensors.put(SQUARE + name, moments.square());
              tensors.put(STEPS + name, Tensors.of(new long[] {moments.steps()}, 1));
            });
  }

  /** Reads those of some parameters, each on its parameter's device, to be closed by the caller. */
  public static Map<String, AdamW.Moments> read(
      SafetensorsFile saved, Collection<Parameter> parameters) {
    Map<String, AdamW.Moments> moments = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      if (saved.tensors().containsKey(STEPS + name)) {
        moments.put(
            name,
            new AdamW.Moments(
                own(saved, MEAN + name, parameter),
                own(saved, SQUARE + name, parameter),
                saved.tensor(STEPS + name).itemLong()));
      }
    }
    return moments;
  }

  /** A copy in memory of its own, on the parameter's device. */
  static Tensor own(SafetensorsFile saved, String key, Parameter parameter) {
    return saved.read(key).to(parameter.values().device());
  }
}
