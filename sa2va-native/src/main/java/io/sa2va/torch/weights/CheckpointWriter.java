package io.sa2va.torch.weights;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the weights of a checkpoint as {@link CheckpointFiles} finds them: {@code
 * model.safetensors}, or shards with an index. One tensor is in memory at a time.
 */
public final class CheckpointWriter {
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private CheckpointWriter() {}

  /**
   * Writes tensors in the order of the map. They take the place of weights that the folder has: of
   * a single file and an index, only what was written now stays.
   *
   * @param folder exists
   * @param shardBytes what one file holds at most, unless a single tensor is larger
   * @throws WeightException if a file cannot be written
   */
  public static void write(Path folder, Map<String, PendingTensor> tensors, long shardBytes) {
    List<Map<String, PendingTensor>> shards = split(tensors, shardBytes);
    if (shards.size() == 1) {
      SafetensorsWriter.writePending(
          folder.resolve(CheckpointFiles.SINGLE), shards.get(0), METADATA);
      delete(folder.resolve(CheckpointFiles.INDEX));
      return;
    }
    delete(folder.resolve(CheckpointFiles.INDEX)); // Its shards may get the same names.
    Map<String, String> fileOf = new LinkedHashMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String file = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      SafetensorsWriter.writePending(folder.resolve(file), shards.get(i), METADATA);
      shards.get(i).keySet().forEach(name -> fileOf.put(name, file));
    }
    writeIndex(folder.resolve(CheckpointFiles.INDEX), bytes(tensors), fileOf);
    delete(folder.resolve(CheckpointFiles.SINGLE));
  }

  private static void delete(Path stale) {
    try {
      Files.deleteIfExists(stale);
    } catch (IOException e) {
      throw new WeightException("cannot delete " + stale + ", which is out of date: " + e, e);
    }
  }

  private static List<Map<String, PendingTensor>> split(
      Map<String, PendingTensor> tensors, long shardBytes) {
    List<Map<String, PendingTensor>> shards = new ArrayList<>();
    Map<String, PendingTensor> shard = new LinkedHashMap<>();
    for (Map.Entry<String, PendingTensor> entry : tensors.entrySet()) {
      if (!shard.isEmpty() && bytes(shard) + entry.getValue().bytes() > shardBytes) {
        shards.add(shard);
        shard = new LinkedHashMap<>();
      }
      shard.put(entry.getKey(), entry.getValue());
    }
    shards.add(shard);
    return shards;
  }

  private static long bytes(Map<String, PendingTensor> tensors) {
    return tensors.values().stream().mapToLong(PendingTensor::bytes).sum();
  }

  private static void writeIndex(Path index, long totalBytes, Map<String, String> fileOf) {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(index.toFile(), JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeObjectFieldStart("metadata");
      json.writeNumberField("total_size", totalBytes);
      json.writeEndObject();
      json.writeObjectFieldStart("weight_map");
      for (Map.Entry<String, String> entry : fileOf.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new WeightException("cannot write " + index + ": " + e, e);
    }
  }
}
