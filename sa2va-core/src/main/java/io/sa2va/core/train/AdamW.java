package io.sa2va.core.train;

import io.sa2va.torch.DType;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Optimization;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay, as torch's: a parameter without a gradient stays as it is, and
 * counts no step. Not thread-safe.
 */
public final class AdamW implements AutoCloseable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPS = 1e-8;

  private final List<ParameterGroup> groups;
  private final Map<String, Moments> moments = new LinkedHashMap<>();

  /** What the optimizer remembers of a parameter. */
  public static final class Moments implements AutoCloseable {
    private final Kept mean;
    private final Kept square;
    private long steps;

    public Moments(Tensor mean, Tensor square, long steps) {
      this.mean = Kept.of(mean);
      this.square = Kept.of(square);
      this.steps = steps;
    }

    public Tensor mean() {
      return mean.tensor();
    }

    public Tensor square() {
      return square.tensor();
    }

    public long steps() {
      return steps;
    }

    @Override
    public void close() {
      mean.close();
      square.close();
    }
  }

  /**
   * @param groups the first that names a parameter counts; one that none names is not changed
   */
  public AdamW(List<ParameterGroup> groups) {
    this.groups = List.copyOf(groups);
  }

  /** As the reference has it. */
  public static AdamW reference() {
    return new AdamW(List.of(ParameterGroup.reference()));
  }

  /** Changes a parameter by its gradient, if it has one. */
  public void step(Parameter parameter, double learningRate) {
    if (parameter.gradient().isEmpty()) {
      return;
    }
    groups.stream()
        .filter(group -> group.names().test(parameter.name()))
        .findFirst()
        .ifPresent(group -> step(parameter, group, learningRate));
  }

  private void step(Parameter parameter, ParameterGroup group, double learningRate) {
    Moments state = moments.computeIfAbsent(parameter.name(), name -> zeros(parameter.values()));
    state.steps++;
    Optimization.adamW(
        parameter.values(),
        parameter.gradient().orElseThrow(),
        state.mean(),
        state.square(),
        state.steps,
        new Optimization.AdamW(
            learningRate * group.rateFactor(), BETA1, BETA2, EPS, group.weightDecay()));
    parameter.changed();
  }

  private static Moments zeros(Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      return new Moments(
          Tensors.zeros(DType.FLOAT32, like.device(), like.shape()),
          Tensors.zeros(DType.FLOAT32, like.device(), like.shape()),
          0);
    }
  }

  /** What it remembers, by the parameters' names. */
  public Map<String, Moments> moments() {
    return moments;
  }

  /** Replaces all that it remembers. */
  public void restore(Map<String, Moments> remembered) {
    close();
    moments.putAll(remembered);
  }

  @Override
  public void close() {
    moments.values().forEach(Moments::close);
    moments.clear();
  }
}
