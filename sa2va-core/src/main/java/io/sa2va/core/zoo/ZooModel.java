package io.sa2va.core.zoo;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.engine.ModelParts;
import io.sa2va.core.family.Families;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.EmptyWeights;
import io.sa2va.torch.weights.WeightStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A checkpoint that is known by name. What it weighs is found by building the model without data.
 *
 * @param name on the hub, as {@code organisation/name}
 * @param family the vision tower and language model it is made of
 * @param optionalWeights names of weights by whose presence this model is told from others of the
 *     same configuration
 * @param configJson the keys of its config.json that this library reads
 */
public record ZooModel(String name, String family, Set<String> optionalWeights, String configJson) {
  public ZooModel {
    optionalWeights = Set.copyOf(optionalWeights);
  }

  /** {@link #configJson()}, to read from. */
  public ConfigNode config() {
    return ConfigNode.of(name + "/config.json", configJson.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The weights that the model reads from its checkpoint: shapes by name.
   *
   * @throws io.sa2va.error.Sa2VAException if this library does not run the configuration
   */
  public SortedMap<String, List<Long>> weights() {
    EmptyWeights source = new EmptyWeights(optionalWeights);
    try (Inference inference = Inference.begin();
        WeightStore store = new WeightStore(source, Device.META, DType.BFLOAT16);
        TensorScope scope = TensorScope.open()) {
      ConfigNode config = config();
      ModelParts.build(Families.of(config), config, store.root());
      return new TreeMap<>(source.asked());
    }
  }

  /** How many values {@link #weights()} hold. */
  public long parameters() {
    return weights().values().stream().mapToLong(ZooModel::values).sum();
  }

  /** What {@link #weights()} take in memory, all in one type. */
  public long bytes(DType dtype) {
    return parameters() * dtype.bytes();
  }

  /** How many values a tensor of this shape holds. */
  private static long values(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
