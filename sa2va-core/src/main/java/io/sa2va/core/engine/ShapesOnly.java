package io.sa2va.core.engine;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.family.Families;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.quant.QuantizationMethod;
import io.sa2va.torch.weights.EmptyWeights;
import io.sa2va.torch.weights.WeightStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a quantized model would be made of, found by building it without data.
 *
 * @param bytes of all weights
 * @param quantized shapes of the weights of which few bits a value are kept, by name
 */
public record ShapesOnly(long bytes, Map<String, List<Long>> quantized) {
  public ShapesOnly {
    quantized = Map.copyOf(quantized);
  }

  /**
   * Builds it.
   *
   * @param names of the weights that the checkpoint has
   */
  public static ShapesOnly of(
      ConfigNode config, Set<String> names, QuantizationMethod quantization, DType dtype) {
    EmptyWeights source = new EmptyWeights(wholeMatrices(names, quantization));
    try (Inference inference = Inference.begin();
        WeightStore store = new WeightStore(source, Device.META, dtype);
        TensorScope scope = TensorScope.open()) {
      store.quantize(quantization);
      ModelParts.build(Families.of(config), config, store.root());
      Map<String, List<Long>> quantized = new LinkedHashMap<>(source.asked());
      quantized.keySet().retainAll(store.quantizedNames());
      return new ShapesOnly(store.bytes(), quantized);
    }
  }

  /** Without what a quantized checkpoint has besides: without data, matrices are rounded anew. */
  private static Set<String> wholeMatrices(Set<String> names, QuantizationMethod quantization) {
    Set<String> parts =
        quantization.parts(1, 1).stream()
            .map(QuantizationMethod.Part::suffix)
            .filter(suffix -> !suffix.isEmpty())
            .map(suffix -> ".weight" + suffix)
            .collect(Collectors.toSet());
    return names.stream()
        .filter(name -> parts.stream().noneMatch(name::endsWith))
        .collect(Collectors.toSet());
  }
}
