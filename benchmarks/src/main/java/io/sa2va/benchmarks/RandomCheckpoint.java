package io.sa2va.benchmarks;

import io.sa2va.core.text.TokenizerReader;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes checkpoints of random weights in the published layout: they load and run like the real
 * ones, and answer nonsense. One weight is in memory at a time.
 *
 * @param dtype of all weights
 * @param shardBytes what one file holds at most
 * @param seed gives each weight its values, by the weight's name
 * @param objects how many objects each answer segments; 0 for answers that are as random
 */
record RandomCheckpoint(DType dtype, long shardBytes, long seed, int objects) {
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
    Map<String, List<Long>> shapes = model.weights();
    Optional<FixedAnswer> answer =
        objects == 0
            ? Optional.empty()
            : Optional.of(new FixedAnswer(TokenizerReader.read(tokenizer), shapes, objects));
    shapes.forEach((name, shape) -> tensors.put(name, pending(name, shapes, answer)));
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

  private PendingTensor pending(
      String name, Map<String, List<Long>> shapes, Optional<FixedAnswer> answer) {
    return new PendingTensor(
        dtype,
        shapes.get(name),
        () ->
            answer
                .map(
                    fixed ->
                        fixed.change(name, random(name, shapes), other -> random(other, shapes)))
                .orElseGet(() -> random(name, shapes)));
  }

  private Tensor random(String name, Map<String, List<Long>> shapes) {
    return values(name, shapes.get(name));
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
