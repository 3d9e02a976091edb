package io.sa2va.core.train;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.Adapter;
import io.sa2va.torch.weights.Tuning;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** All that is trained of one model, by name, in the order in which its parts took it. */
public final class Parameters implements Tuning, AutoCloseable {
  private final TrainingPlan plan;
  private final Dropout dropout;
  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private final Map<String, LoraAdapter> adapters = new LinkedHashMap<>();

  public Parameters(TrainingPlan plan) {
    this.plan = plan;
    this.dropout = new Dropout(plan.lora().map(LoraConfig::dropout).orElse(0.0));
  }

  @Override
  public boolean trains(String name) {
    return plan.weights().test(name);
  }

  @Override
  public Tensor parameter(String name, Tensor stored, Device device, DType dtype) {
    return byName
        .computeIfAbsent(name, key -> new Parameter(name, stored, device, dtype))
        .computed();
  }

  @Override
  public Optional<Adapter> adapter(String name, long in, long out, Device device, DType dtype) {
    return plan.lora()
        .filter(lora -> lora.targets().test(name))
        .map(
            lora ->
                adapters.computeIfAbsent(name, key -> create(lora, name, in, out, device, dtype)));
  }

  /** A is random, as a linear layer of PyTorch begins; B is 0, so that nothing changes at first. */
  private LoraAdapter create(
      LoraConfig lora, String name, long in, long out, Device device, DType dtype) {
    try (TensorScope scope = TensorScope.open()) {
      String nameOfA = name + ".lora_A.weight";
      String nameOfB = name + ".lora_B.weight";
      Tensor a = LinearStart.weight(new Random(plan.seed() ^ name.hashCode()), lora.rank(), in);
      Tensor b = Tensors.zeros(DType.FLOAT32, Device.CPU, out, lora.rank());
      parameter(nameOfA, a, device, dtype);
      parameter(nameOfB, b, device, dtype);
      return new LoraAdapter(byName.get(nameOfA), byName.get(nameOfB), lora.scale(), dropout);
    }
  }

  /** Says whether the model learns or is evaluated. */
  void learning(boolean learning) {
    dropout.activate(learning);
  }

  public Collection<Parameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  Optional<Parameter> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Parameter get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is not trained"));
  }

  /** The adapter of a linear map. */
  Optional<LoraAdapter> adapterOf(String map) {
    return Optional.ofNullable(adapters.get(map));
  }

  void collectGradients() {
    byName.values().forEach(Parameter::collectGradient);
  }

  void clearGradients() {
    byName.values().forEach(Parameter::clearGradient);
  }

  @Override
  public void close() {
    byName.values().forEach(Parameter::close);
  }
}
