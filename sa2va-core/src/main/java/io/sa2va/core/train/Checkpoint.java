package io.sa2va.core.train;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
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
 * <p>The file is a safetensors file of {@code values/NAME}, {@code gradient/NAME} and {@link
 * OptimizerTensors}.
 */
public final class Checkpoint {
  private static final String VALUES = "values/";
  private static final String GRADIENT = "gradient/";

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
      OptimizerTensors.add(run.optimizer(), tensors);
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
      for (Parameter parameter : parameters.all()) {
        String name = parameter.name();
        parameter.set(saved.tensor(VALUES + name));
        if (saved.tensors().containsKey(GRADIENT + name)) {
          parameter.addGradient(OptimizerTensors.own(saved, GRADIENT + name, parameter));
        }
      }
      run.optimizer().restore(OptimizerTensors.read(saved, parameters.all()));
      run.restore(progress);
    }
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
      for (String kind : List.of(GRADIENT, OptimizerTensors.MEAN, OptimizerTensors.SQUARE)) {
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
