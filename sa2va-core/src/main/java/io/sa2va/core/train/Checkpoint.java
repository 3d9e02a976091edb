package io.sa2va.core.train;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.SafetensorsFile;
import io.sa2va.torch.weights.SafetensorsWriter;
import io.sa2va.torch.weights.WeightException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of training as one file: what is trained, gradients collected since the last update, what
 * the optimizer remembers, and how far the run has come. A run that is resumed goes on as if it had
 * not been interrupted; on a CPU to the last bit.
 *
 * <p>The file is a safetensors file of {@code values/NAME}, {@code gradient/NAME}, {@code
 * mean/NAME}, {@code square/NAME} and {@code steps/NAME}.
 */
public final class Checkpoint {
  private static final String VALUES = "values/";
  private static final String GRADIENT = "gradient/";
  private static final String MEAN = "mean/";
  private static final String SQUARE = "square/";
  private static final String STEPS = "steps/";

  private Checkpoint() {}

  /**
   * Writes a run. The file appears when all of it is written; until then an older one stays.
   *
   * @throws WeightException if it cannot be written
   */
  public static void save(TrainStep run, Path file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open()) {
      for (Parameter parameter : run.model().parameters().all()) {
        tensors.put(VALUES + parameter.name(), parameter.values());
        parameter.gradient().ifPresent(g -> tensors.put(GRADIENT + parameter.name(), g));
      }
      run.optimizer()
          .moments()
          .forEach(
              (name, moments) -> {
                tensors.put(MEAN + name, moments.mean());
                tensors.put(SQUARE + name, moments.square());
                tensors.put(STEPS + name, Tensors.of(new long[] {moments.steps()}, 1));
              });
      SafetensorsWriter.write(file, tensors, run.progress().toMetadata());
    }
  }

  /**
   * Brings a run to where a file says, whatever it did before.
   *
   * @param run of the same model and plan
   * @throws WeightException if the file is damaged or belongs to another model, plan or seed; then
   *     the run is as it was
   */
  public static void resume(TrainStep run, Path file) {
    try (SafetensorsFile saved = SafetensorsFile.open(file);
        TensorScope scope = TensorScope.open()) {
      Progress progress = Progress.of(saved.metadata(), file);
      requireFits(run, progress, saved);
      Parameters parameters = run.model().parameters();
      parameters.clearGradients();
      Map<String, AdamW.Moments> moments = new LinkedHashMap<>();
      for (Parameter parameter : parameters.all()) {
        String name = parameter.name();
        parameter.set(saved.tensor(VALUES + name));
        if (saved.tensors().containsKey(GRADIENT + name)) {
          parameter.addGradient(own(saved, GRADIENT + name, parameter));
        }
        if (saved.tensors().containsKey(STEPS + name)) {
          moments.put(name, moments(saved, parameter));
        }
      }
      run.optimizer().restore(moments);
      run.restore(progress);
    }
  }

  private static AdamW.Moments moments(SafetensorsFile saved, Parameter parameter) {
    String name = parameter.name();
    return new AdamW.Moments(
        own(saved, MEAN + name, parameter),
        own(saved, SQUARE + name, parameter),
        saved.tensor(STEPS + name).itemLong());
  }

  /** A copy in memory of its own, on the parameter's device. */
  private static Tensor own(SafetensorsFile saved, String key, Parameter parameter) {
    return saved.read(key).to(parameter.values().device());
  }

  private static void requireFits(TrainStep run, Progress progress, SafetensorsFile saved) {
    if (progress.seed() != run.progress().seed()) {
      throw new WeightException(
          saved.path()
              + " is of a run with the seed "
              + progress.seed()
              + ", but this one has "
              + run.progress().seed());
    }
    for (Parameter parameter : run.model().parameters().all()) {
      requireShape(saved, VALUES + parameter.name(), parameter, true);
      for (String kind : List.of(GRADIENT, MEAN, SQUARE)) {
        requireShape(saved, kind + parameter.name(), parameter, false);
      }
    }
    long values = saved.tensors().keySet().stream().filter(k -> k.startsWith(VALUES)).count();
    if (values != run.model().parameters().all().size()) {
      throw new WeightException(
          "%s holds %d trained weights, but this run trains %d; resume with the same plan"
              .formatted(saved.path(), values, run.model().parameters().all().size()));
    }
  }

  private static void requireShape(
      SafetensorsFile saved, String key, Parameter parameter, boolean required) {
    if (!saved.tensors().containsKey(key)) {
      if (required) {
        throw new WeightException(
            saved.path() + " holds no \"" + key + "\"; resume with the same model and plan");
      }
      return;
    }
    List<Long> expected = Arrays.stream(parameter.values().shape()).boxed().toList();
    List<Long> actual = saved.tensors().get(key).shape();
    if (!actual.equals(expected)) {
      throw new WeightException(
          "%s: \"%s\" has shape %s, but this run's has %s; resume with the same model and plan"
              .formatted(saved.path(), key, actual, expected));
    }
  }
}
