package io.sa2va.core.train.nano;

import io.sa2va.core.train.AdamW;
import io.sa2va.core.train.LrSchedule;
import io.sa2va.core.train.Parameter;
import io.sa2va.core.train.ParameterGroup;
import io.sa2va.torch.Autograd;
import io.sa2va.torch.Optimization;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Learns by an objective. Samples are made by another thread ahead of time, each from its number,
 * so a run that is continued goes on as if it had not been interrupted.
 *
 * @param <I> what samples are made of
 */
final class StageRun<I> implements AutoCloseable {
  private static final double WEIGHT_DECAY = 0.02;
  private static final double MAX_NORM = 1;
  private static final double CLIP_GUARD = 1e-6;

  private final Objective<I> objective;
  private final Stage stage;
  private final List<Parameter> parameters;
  private final AdamW optimizer;
  private final LrSchedule schedule;
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "scenes");
            thread.setDaemon(true);
            return thread;
          });
  private Optional<Future<List<I>>> next = Optional.empty();
  private long step;

  StageRun(Objective<I> objective, Stage stage, List<Parameter> parameters) {
    this.objective = objective;
    this.stage = stage;
    this.parameters = parameters;
    this.optimizer = new AdamW(List.of(new ParameterGroup(name -> true, 1, WEIGHT_DECAY)));
    this.schedule =
        new LrSchedule(stage.learningRate(), stage.steps(), Math.min(100, stage.steps() / 10));
  }

  /** How many steps were made. */
  long step() {
    return step;
  }

  /** Goes on where a saved run had come to. */
  void restore(long stepsMade, Map<String, AdamW.Moments> moments) {
    step = stepsMade;
    optimizer.restore(moments);
  }

  AdamW optimizer() {
    return optimizer;
  }

  /** Makes one step, and says the mean of each loss. */
  Map<String, Double> learn() throws InterruptedException {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (I sample : samples()) {
      try (TensorScope scope = TensorScope.open()) {
        Map<String, Tensor> losses = objective.losses(sample);
        losses.forEach((name, loss) -> sums.merge(name, loss.item() / stage.batch(), Double::sum));
        losses.values().stream()
            .reduce(Tensor::add)
            .ifPresent(sum -> Autograd.backward(sum.div((double) stage.batch())));
      }
    }
    sums.put("norm", update());
    step++;
    return sums;
  }

  private double update() {
    parameters.forEach(Parameter::collectGradient);
    List<Tensor> gradients =
        parameters.stream().map(Parameter::gradient).flatMap(Optional::stream).toList();
    double norm = Optimization.norm(gradients);
    if (Double.isFinite(norm)) {
      double scale = Math.min(1, MAX_NORM / (norm + CLIP_GUARD));
      try (TensorScope scope = TensorScope.open()) {
        gradients.forEach(gradient -> gradient.mulInPlace(scale));
        parameters.forEach(parameter -> optimizer.step(parameter, schedule.at(step)));
      }
    }
    parameters.forEach(Parameter::clearGradient);
    return norm;
  }

  private List<I> samples() throws InterruptedException {
    Future<List<I>> due = next.orElseGet(() -> maker.submit(() -> make(step)));
    long following = step + 1;
    next = Optional.of(maker.submit(() -> make(following)));
    try {
      return due.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("samples of step " + step + " cannot be made", e.getCause());
    }
  }

  private List<I> make(long ofStep) {
    List<I> samples = new ArrayList<>();
    for (int i = 0; i < stage.batch(); i++) {
      samples.add(objective.prepare(stage.sample(ofStep, i)));
    }
    return samples;
  }

  @Override
  public void close() {
    maker.shutdownNow();
    optimizer.close();
  }
}
