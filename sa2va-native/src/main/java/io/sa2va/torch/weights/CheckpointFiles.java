package io.sa2va.torch.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the safetensors files of a checkpoint folder: a single one, or the shards of an index. */
public final class CheckpointFiles {
  public static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private static final long MAX_INDEX_BYTES = 64 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build())
          .build();

  private CheckpointFiles() {}

  /**
   * The weight files of a folder, in name order.
   *
   * @throws WeightException if there are none, a shard is missing, or the index is not sound
   */
  public static List<Path> in(Path folder) {
    if (Files.isRegularFile(folder.resolve(INDEX))) {
      return shards(folder, folder.resolve(INDEX));
    }
    if (Files.isRegularFile(folder.resolve(SINGLE))) {
      return List.of(folder.resolve(SINGLE));
    }
    throw new WeightException(
        folder
            + " holds neither "
            + SINGLE
            + " nor "
            + INDEX
            + "; weights in other formats (.bin, .pt) are not read: convert them to safetensors");
  }

  private static List<Path> shards(Path folder, Path index) {
    List<Path> paths = new ArrayList<>();
    for (String name : shardNames(index)) {
      if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.startsWith("..")) {
        throw new WeightException(
            index
                + " names the shard \""
                + name
                + "\", which is not a plain file name in its folder");
      }
      Path shard = folder.resolve(name);
      if (!Files.isRegularFile(shard)) {
        throw new WeightException(
            "the shard " + shard + ", named by " + index + ", is missing; fetch it again");
      }
      paths.add(shard);
    }
    if (paths.isEmpty()) {
      throw new WeightException(index + " names no shard in its \"weight_map\"");
    }
    return paths;
  }

  private static Set<String> shardNames(Path index) {
    Set<String> names = new TreeSet<>();
    try (JsonParser parser = JSON.createParser(bytes(index))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new WeightException(index + " is not a JSON object");
      }
      String key;
      while ((key = parser.nextFieldName()) != null) {
        JsonToken value = parser.nextToken();
        if (!key.equals("weight_map")) {
          parser.skipChildren();
        } else if (value == JsonToken.START_OBJECT) {
          readMap(index, parser, names);
        } else {
          throw new WeightException("\"weight_map\" of " + index + " is not a JSON object");
        }
      }
      return names;
    } catch (StreamReadException e) {
      throw new WeightException(index + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new WeightException("cannot read " + index + ": " + e, e);
    }
  }

  private static byte[] bytes(Path index) throws IOException {
    if (Files.size(index) > MAX_INDEX_BYTES) {
      throw new WeightException(
          index + " is larger than " + MAX_INDEX_BYTES + " bytes; it is no index of weights");
    }
    return Files.readAllBytes(index);
  }

  private static void readMap(Path index, JsonParser parser, Set<String> names) throws IOException {
    String weight;
    while ((weight = parser.nextFieldName()) != null) {
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw new WeightException(index + " names no file for the weight \"" + weight + "\"");
      }
      names.add(parser.getText());
    }
  }
}
