package io.sa2va.core.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.Longs;
import io.sa2va.torch.DType;
import io.sa2va.torch.NoGrad;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.SafetensorsWriter;
import io.sa2va.torch.weights.TensorInfo;
import io.sa2va.torch.weights.WeightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a trained model as a checkpoint folder in the published layout: adapters merged into the
 * weights they belong to, everything that was not trained as it was.
 */
public final class ModelExport {
  private static final long SHARD_BYTES = 4L << 30;
  private static final String WEIGHT = ".weight";

  private final TrainableModel model;
  private final DType dtype;

  /**
   * @param dtype the type of what was trained; the reference writes float32
   */
  public ModelExport(TrainableModel model, DType dtype) {
    this.model = model;
    this.dtype = dtype;
  }

  /**
   * Writes the folder; the weights come last.
   *
   * @param folder made if it does not exist
   * @throws WeightException if it is the folder that the model came from, or cannot be written
   */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.isSameFile(folder, model.folder())) {
        throw new WeightException(folder + " is where the model came from; name another folder");
      }
      copyOthers(folder);
      writeShards(folder, shards(SHARD_BYTES));
    } catch (IOException e) {
      throw new WeightException("cannot write the model to " + folder + ": " + e, e);
    }
  }

  /** Configuration, tokenizer and whatever else is no weights. */
  private void copyOthers(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(model.folder())) {
      files = all.filter(Files::isRegularFile).filter(ModelExport::isNoWeights).toList();
    }
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean isNoWeights(Path file) {
    return !file.getFileName().toString().contains(".safetensors");
  }

  private void writeShards(Path folder, List<List<String>> shards) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode index = json.createObjectNode();
    ObjectNode places = json.createObjectNode();
    for (int i = 0; i < shards.size(); i++) {
      String file =
          shards.size() == 1
              ? "model.safetensors"
              : String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
      writeShard(folder.resolve(file), shards.get(i));
      shards.get(i).forEach(name -> places.put(name, file));
    }
    if (shards.size() > 1) {
      index.set("weight_map", places);
      json.writeValue(folder.resolve("model.safetensors.index.json").toFile(), index);
    }
  }

  private void writeShard(Path file, List<String> names) {
    try (NoGrad off = NoGrad.begin();
        TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      names.forEach(name -> tensors.put(name, weight(name)));
      SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
    }
  }

  /** Names in the order of the source, as many together as stay below a size. */
  List<List<String>> shards(long bytes) {
    List<List<String>> shards = new ArrayList<>();
    long filled = bytes;
    for (String name : model.files().names()) {
      long size = bytes(name);
      if (filled + size > bytes) {
        shards.add(new ArrayList<>());
        filled = 0;
      }
      shards.get(shards.size() - 1).add(name);
      filled += size;
    }
    return shards;
  }

  private long bytes(String name) {
    TensorInfo info = model.files().info(name);
    return isTrained(name) ? info.bytes() / info.dtype().bytes() * dtype.bytes() : info.bytes();
  }

  private boolean isTrained(String name) {
    return model.parameters().find(name).isPresent() || adapter(name).isPresent();
  }

  private Optional<LoraAdapter> adapter(String name) {
    return name.endsWith(WEIGHT)
        ? model.parameters().adapterOf(name.substring(0, name.length() - WEIGHT.length()))
        : Optional.empty();
  }

  private Tensor weight(String name) {
    Tensor stored =
        model
            .parameters()
            .find(name)
            .map(Parameter::values)
            .orElseGet(
                () -> model.files().view(name, Longs.toArray(model.files().info(name).shape())));
    return adapter(name)
        .map(a -> a.merge(stored.to(a.device(), DType.FLOAT32)))
        .orElse(stored)
        .to(isTrained(name) ? dtype : stored.dtype());
  }
}
