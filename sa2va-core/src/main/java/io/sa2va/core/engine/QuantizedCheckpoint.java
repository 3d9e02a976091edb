package io.sa2va.core.engine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.Longs;
import io.sa2va.Quantization;
import io.sa2va.core.config.CheckpointFolder;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.error.ModelWeightsException;
import io.sa2va.files.PartialFolder;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.quant.QuantizationMethod;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.CheckpointWriter;
import io.sa2va.torch.weights.PendingTensor;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes a checkpoint with fewer bits for the language model's linear layers, so that it takes less
 * room and need not be rounded each time it loads. Everything else is copied.
 */
final class QuantizedCheckpoint {
  private static final long SHARD_BYTES = 4L << 30;
  private static final String CONFIG_FILE = "config.json";

  private final Path source;
  private final Quantization wanted;
  private final QuantizationMethod method;

  QuantizedCheckpoint(Path source, Quantization wanted) {
    this.source = source;
    this.wanted = wanted;
    this.method =
        QuantizationChoice.method(wanted)
            .orElseThrow(
                () -> new IllegalArgumentException("name the quantization: one other than none"));
  }

  /**
   * Writes it. The folder appears when all of it is written.
   *
   * @param target a folder that is empty or not there yet
   * @throws InvalidRequestException if there is something
   */
  void write(Path target) {
    NativeErrors.translate(
        () -> {
          writeChecked(target);
          return target;
        });
  }

  private void writeChecked(Path target) {
    if (!Files.isDirectory(source)) {
      throw new ModelNotFoundException(source + " is no folder; name the folder of a checkpoint");
    }
    ConfigNode config = ConfigNode.read(source.resolve(CONFIG_FILE));
    if (QuantizationChoice.stored(config) != Quantization.NONE) {
      throw new ModelConfigException(
          config + ": the weights are quantized already; start from the original checkpoint");
    }
    try (Inference inference = Inference.begin();
        SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(source));
        RoundedMatrix rounded = new RoundedMatrix(files, method)) {
      requireEmpty(target);
      Map<String, List<Long>> quantized =
          ShapesOnly.of(config, files.names(), method, DType.BFLOAT16).quantized();
      quantized.forEach((name, shape) -> files.require(name, Longs.toArray(shape)));
      try (PartialFolder partial = PartialFolder.of(target)) {
        CheckpointFolder.copyAllButWeights(source, partial.path());
        writeConfig(partial.path().resolve(CONFIG_FILE));
        CheckpointWriter.write(
            partial.path(), tensors(files, quantized.keySet(), rounded), SHARD_BYTES);
        partial.finish();
      }
    } catch (IOException e) {
      throw new ModelWeightsException("cannot write the model to " + target + ": " + e, e);
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    if (Files.notExists(target)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new InvalidRequestException(target + " is a file; name a folder for the new model");
    }
    try (Stream<Path> files = Files.list(target)) {
      if (files.findAny().isPresent()) {
        throw new InvalidRequestException(
            target + " is not empty; name another folder for the new model");
      }
    }
  }

  private void writeConfig(Path file) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode config = (ObjectNode) json.readTree(file.toFile());
    config
        .putObject(QuantizationChoice.CONFIG)
        .put(QuantizationChoice.METHOD, QuantizationChoice.OWN_METHOD)
        .put(QuantizationChoice.NAME, wanted.toString());
    json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), config);
  }

  private Map<String, PendingTensor> tensors(
      SafetensorsWeights files, Set<String> quantized, RoundedMatrix rounded) {
    Map<String, PendingTensor> tensors = new LinkedHashMap<>();
    for (String name : files.names()) {
      if (quantized.contains(name)) {
        addParts(tensors, name, files.info(name).shape(), rounded);
      } else {
        TensorInfo info = files.info(name);
        tensors.put(name, new PendingTensor(info.dtype(), info.shape(), () -> stored(files, name)));
      }
    }
    return tensors;
  }

  private void addParts(
      Map<String, PendingTensor> tensors, String name, List<Long> shape, RoundedMatrix rounded) {
    List<QuantizationMethod.Part> parts = method.parts(shape.get(0), shape.get(1));
    for (int i = 0; i < parts.size(); i++) {
      int index = i;
      tensors.put(
          name + parts.get(i).suffix(),
          new PendingTensor(
              parts.get(i).dtype(), parts.get(i).shape(), () -> rounded.part(name, index)));
    }
  }

  private static Tensor stored(SafetensorsWeights files, String name) {
    return files.view(name, Longs.toArray(files.info(name).shape()));
  }
}
