package io.sa2va.benchmarks;

import io.sa2va.core.zoo.ZooModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.CheckpointWriter;
import io.sa2va.torch.weights.PendingTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes checkpoints of random weights in the published layout: they load and run like the real
 * ones, and answer nonsense. One weight is in memory at a time.
 *
 * @param dtype of all weights
 * @param shardBytes what one file holds at most
 * @param seed gives each weight its values, by the weight's name
 */
record RandomCheckpoint(DType dtype, long shardBytes, long seed) {
  /** What belongs to the model and not to its tokenizer. */
  private static final String CONFIG = "config.json";

  /** Around 1 for what scales, around 0 for what is added: activations neither die nor grow. */
  private static final double SPREAD = 0.05;

  /**
   * Writes one.
   *
   * @param tokenizer a folder with tokenizer files, all of which are copied
   * @param folder is made if it is missing
   */
  void write(ZooModel model, Path tokenizer, Path folder) throws IOException {
    Files.createDirectories(folder);
    copyTokenizer(tokenizer, folder);
    Map<String, PendingTensor> tensors = new LinkedHashMap<>();
    model.weights().forEach((name, shape) -> tensors.put(name, pending(name, shape)));
    try (Inference inference = Inference.begin()) {
      CheckpointWriter.write(folder, tensors, shardBytes);
    }
    Files.writeString(folder.resolve(CONFIG), model.configJson());
  }

  private static void copyTokenizer(Path tokenizer, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(tokenizer)) {
      for (Path file : files.filter(RandomCheckpoint::isOfTokenizer).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isOfTokenizer(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.equals(CONFIG)
        && !name.endsWith(".safetensors")
        && !name.endsWith(".index.json");
  }

  private PendingTensor pending(String name, List<Long> shape) {
    return new PendingTensor(dtype, shape, () -> values(name, shape));
  }

  private Tensor values(String name, List<Long> shape) {
    Tensors.manualSeed(seed * 31 + name.hashCode());
    Tensor normal =
        Tensors.randn(dtype, Device.CPU, shape.stream().mapToLong(Long::longValue).toArray());
    if (shape.size() > 1) {
      return normal.mulInPlace(1 / Math.sqrt(inputs(shape)));
    }
    Tensor small = normal.mulInPlace(SPREAD);
    return name.endsWith("bias") ? small : small.add(1);
  }

  /** How many values one output is a sum of. */
  private static double inputs(List<Long> shape) {
    return shape.stream().skip(1).reduce(1L, Math::multiplyExact);
  }
}
