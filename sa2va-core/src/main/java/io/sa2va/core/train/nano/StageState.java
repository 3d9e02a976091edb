package io.sa2va.core.train.nano;

import io.sa2va.core.train.AdamW;
import io.sa2va.core.train.OptimizerTensors;
import io.sa2va.core.train.Parameter;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.SafetensorsFile;
import io.sa2va.torch.weights.SafetensorsWriter;
import io.sa2va.torch.weights.WeightException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stage as one file, finished or not: what it has learned, and what the optimizers remember. The
 * file holds {@code values/NAME}, {@link OptimizerTensors}, and {@code mean/NAME} of what Muon
 * changes.
 */
final class StageState {
  static final String VALUES = "values/";
  private static final String MEAN = OptimizerTensors.MEAN;
  private static final String STEP = "step";

  private StageState() {}

  /** Writes a run. The file appears when all of it is written. */
  static void save(StageRun<?> run, List<Parameter> parameters, Path file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open()) {
      parameters.forEach(p -> tensors.put(VALUES + p.name(), p.values()));
      OptimizerTensors.add(run.adamW(), tensors);
      run.muon().momenta().forEach((name, momentum) -> tensors.put(MEAN + name, momentum.tensor()));
      SafetensorsWriter.write(file, tensors, Map.of(STEP, Long.toString(run.step())));
    }
  }

  /** Brings a run to where a file says. */
  static void resume(StageRun<?> run, List<Parameter> parameters, Path file) {
    try (SafetensorsFile saved = SafetensorsFile.open(file);
        TensorScope scope = TensorScope.open()) {
      Map<String, AdamW.Moments> moments = OptimizerTensors.read(saved, parameters);
      Map<String, Kept> momenta = new LinkedHashMap<>();
      for (Parameter parameter : parameters) {
        String name = parameter.name();
        parameter.set(saved.tensor(VALUES + name));
        if (!moments.containsKey(name) && saved.tensors().containsKey(MEAN + name)) {
          momenta.put(name, Kept.of(saved.read(MEAN + name)));
        }
      }
      run.restore(step(saved), moments, momenta);
    }
  }

  /** How many steps a saved stage has made; 0 where there is no file. */
  static long step(Path file) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      return step(saved);
    }
  }

  private static long step(SafetensorsFile saved) {
    try {
      return Long.parseLong(saved.metadata().getOrDefault(STEP, ""));
    } catch (NumberFormatException e) {
      throw new WeightException(saved.path() + " is no saved stage", e);
    }
  }
}
