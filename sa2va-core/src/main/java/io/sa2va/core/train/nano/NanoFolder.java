package io.sa2va.core.train.nano;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsFile;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts together a checkpoint folder of what several stages have learned. */
final class NanoFolder {
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private NanoFolder() {}

  /**
   * Copies a folder, with weights replaced by those that stages have learned; of several the last
   * counts.
   *
   * @param target made if it does not exist
   * @param dtype of all weights
   */
  static void assemble(Path base, List<Path> stages, Path target, DType dtype) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(base)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    assembleWeights(base, stages, target, dtype);
  }

  /** The weights alone. */
  static void assembleWeights(Path base, List<Path> stages, Path target, DType dtype)
      throws IOException {
    Files.createDirectories(target);
    List<SafetensorsFile> learned = new ArrayList<>();
    try (SafetensorsWeights weights = SafetensorsWeights.open(CheckpointFiles.in(base));
        TensorScope scope = TensorScope.open()) {
      stages.forEach(stage -> learned.add(SafetensorsFile.open(stage)));
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : weights.names()) {
        long[] shape = weights.info(name).shape().stream().mapToLong(Long::longValue).toArray();
        Tensor value = weights.view(name, shape);
        for (SafetensorsFile stage : learned) {
          if (stage.tensors().containsKey(StageState.VALUES + name)) {
            value = stage.tensor(StageState.VALUES + name);
          }
        }
        tensors.put(name, value.to(dtype));
      }
      SafetensorsWriter.write(target.resolve(CheckpointFiles.SINGLE), tensors, METADATA);
    } finally {
      learned.forEach(SafetensorsFile::close);
    }
  }
}
