package io.sa2va.core.train.nano;

import io.sa2va.core.train.AdamW;
import io.sa2va.core.train.LrSchedule;
import io.sa2va.core.train.Muon;
import io.sa2va.core.train.Parameter;
import io.sa2va.core.train.ParameterGroup;
import io.sa2va.torch.Autograd;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Optimization;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

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

  /** The matrices of the language model's layers, which learn about twice as much a step by it. */
  private static final Pattern BY_MUON = Pattern.compile("language_model\\..*_proj\\.weight");

  private static final double MUON_UPDATE = 0.6;

  private final Objective<I> objective;
  private final Stage stage;
  private final List<Parameter> parameters;
  private final AdamW adamW = new AdamW(List.of(new ParameterGroup(name -> true, 1, WEIGHT_DECAY)));
  private final Muon muon = new Muon(MUON_UPDATE, WEIGHT_DECAY);
  private final LrSchedule schedule;
  private final ExecutorService maker = threads("scenes", 1);
  private final ExecutorService learners;
  private Optional<Future<List<I>>> next = Optional.empty();
  private long step;

  /**
   * @param threads how many samples are learned from at a time; with more than one the order of
   *     sums, and so their last bits, differ from run to run
   */
  StageRun(Objective<I> objective, Stage stage, List<Parameter> parameters, int threads) {
    this.learners = threads("learner", threads);
    this.objective = objective;
    this.stage = stage;
    this.parameters = parameters;
    this.schedule =
        new LrSchedule(stage.learningRate(), stage.steps(), Math.min(100, stage.steps() / 10));
  }

  private static ExecutorService threads(String name, int count) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** How many steps were made. */
  long step() {
    return step;
  }

  /** Goes on where a saved run had come to. */
  void restore(long stepsMade, Map<String, AdamW.Moments> moments, Map<String, Kept> momenta) {
    step = stepsMade;
    adamW.restore(moments);
    muon.restore(momenta);
  }

  AdamW adamW() {
    return adamW;
  }

  Muon muon() {
    return muon;
  }

  /** Makes one step, and says the mean of each loss. */
  Map<String, Double> learn() throws InterruptedException {
    List<Future<Map<String, Double>>> learned =
        learners.invokeAll(samples().stream().map(this::learning).toList());
    Map<String, Double> means = new LinkedHashMap<>();
    for (Future<Map<String, Double>> of : learned) {
      result(of, "a step of " + stage.name())
          .forEach((name, loss) -> means.merge(name, loss / stage.batch(), Double::sum));
    }
    means.put("norm", update());
    step++;
    return means;
  }

  /** Adds the gradients of a sample, and says its losses. */
  private Callable<Map<String, Double>> learning(I sample) {
    return () -> {
      Map<String, Double> values = new LinkedHashMap<>();
      try (TensorScope scope = TensorScope.open()) {
        Map<String, Tensor> losses = objective.losses(sample);
        losses.forEach((name, loss) -> values.put(name, loss.item()));
        losses.values().stream()
            .reduce(Tensor::add)
            .ifPresent(sum -> Autograd.backward(sum.div((double) stage.batch())));
      }
      return values;
    };
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
        parameters.forEach(this::change);
      }
    }
    parameters.forEach(Parameter::clearGradient);
    return norm;
  }

  private void change(Parameter parameter) {
    if (BY_MUON.matcher(parameter.name()).matches()) {
      muon.step(parameter, schedule.at(step));
    } else {
      adamW.step(parameter, schedule.at(step));
    }
  }

  private List<I> samples() throws InterruptedException {
    Future<List<I>> due = next.orElseGet(() -> maker.submit(() -> make(step)));
    long following = step + 1;
    next = Optional.of(maker.submit(() -> make(following)));
    return result(due, "making samples");
  }

  private static <T> T result(Future<T> future, String what) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(what + " failed", e.getCause());
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
    learners.shutdownNow();
    adamW.close();
    muon.close();
  }
}
