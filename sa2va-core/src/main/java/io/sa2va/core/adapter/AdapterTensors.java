package io.sa2va.core.adapter;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.TensorInfo;
import io.sa2va.torch.weights.WeightException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of an adapter by the names of the model: peft writes {@code base_model.model.} before
 * each, and {@code modules_to_save.default.} within those that it trained in full while it trains.
 */
final class AdapterTensors implements AutoCloseable {
  static final String PREFIX = "base_model.model.";

  private final SafetensorsWeights files;
  private final Map<String, String> stored = new LinkedHashMap<>();

  private AdapterTensors(SafetensorsWeights files, Path file) {
    this.files = files;
    for (String name : files.names()) {
      if (stored.putIfAbsent(modelName(name), name) != null) {
        throw new WeightException(file + " has two weights for \"" + modelName(name) + "\"");
      }
    }
  }

  /**
   * Opens a file.
   *
   * @throws WeightException if it is missing or damaged
   */
  static AdapterTensors open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new WeightException(file + " is missing; copy the whole folder of the adapter");
    }
    SafetensorsWeights files = SafetensorsWeights.open(List.of(file));
    try {
      return new AdapterTensors(files, file);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static String modelName(String name) {
    String own = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    return own.replaceFirst("\\.(modules_to_save|lora_[AB])\\.default\\.", ".$1.")
        .replace(".modules_to_save.", ".");
  }

  Set<String> names() {
    return Collections.unmodifiableSet(stored.keySet());
  }

  boolean has(String name) {
    return stored.containsKey(name);
  }

  TensorInfo info(String name) {
    return files.info(stored.get(name));
  }

  Tensor view(String name, long... shape) {
    return files.view(stored.get(name), shape);
  }

  Tensor read(String name, long... shape) {
    return files.read(stored.get(name), shape);
  }

  void readPart(String name, long from, ByteBuffer into) {
    files.readPart(stored.get(name), from, into);
  }

  @Override
  public void close() {
    files.close();
  }
}
