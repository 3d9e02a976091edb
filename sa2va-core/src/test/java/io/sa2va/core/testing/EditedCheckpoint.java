package io.sa2va.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A copy of a fixture's checkpoint, to be damaged. */
public final class EditedCheckpoint {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String WEIGHTS = "model.safetensors";

  private final Path folder;

  private EditedCheckpoint(Path folder) {
    this.folder = folder;
  }

  /** Copies a fixture's checkpoint into a folder that is empty or not there yet. */
  public static EditedCheckpoint copy(String family, Path folder) {
    try (Stream<Path> files = Files.list(Golden.folder(family).resolve("checkpoint"))) {
      Files.createDirectories(folder);
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
      return new EditedCheckpoint(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A checkpoint that a test has made itself. */
  public static EditedCheckpoint of(Path folder) {
    return new EditedCheckpoint(folder);
  }

  public Path folder() {
    return folder;
  }

  public EditedCheckpoint config(Consumer<ObjectNode> edit) {
    return json("config.json", edit);
  }

  /** Changes a file that holds one JSON object. */
  public EditedCheckpoint json(String file, Consumer<ObjectNode> edit) {
    return bytes(
        file,
        bytes -> {
          ObjectNode root = (ObjectNode) JSON.readTree(bytes);
          edit.accept(root);
          return JSON.writeValueAsBytes(root);
        });
  }

  /** Puts another content into a file. */
  public EditedCheckpoint text(String file, String content) {
    return bytes(file, old -> content.getBytes(StandardCharsets.UTF_8));
  }

  public EditedCheckpoint edit(String file, UnaryOperator<String> edit) {
    return bytes(
        file,
        bytes ->
            edit.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a file's content into another. */
  public EditedCheckpoint copy(String from, String to) {
    return bytes(to, old -> Files.readAllBytes(folder.resolve(from)));
  }

  public EditedCheckpoint delete(String file) {
    try {
      Files.delete(folder.resolve(file));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps only the first bytes of a file. */
  public EditedCheckpoint truncate(String file, int length) {
    return bytes(file, bytes -> Arrays.copyOf(bytes, length));
  }

  /** Changes the header of the weight file; its data stays as it is. */
  public EditedCheckpoint header(Consumer<ObjectNode> edit) {
    return bytes(
        WEIGHTS,
        bytes -> {
          Weights weights = Weights.parse(bytes);
          edit.accept(weights.header());
          return weights.write();
        });
  }

  /** Changes the number that says how long the header is. */
  public EditedCheckpoint headerLength(long length) {
    return bytes(
        WEIGHTS,
        bytes -> {
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
          return bytes;
        });
  }

  /** Changes what weights there are, and writes a sound file of them. */
  public EditedCheckpoint weights(Consumer<Map<String, Weight>> edit) {
    return bytes(
        WEIGHTS,
        bytes -> {
          Map<String, Weight> weights = Weights.parse(bytes).unpack();
          edit.accept(weights);
          return Weights.pack(weights);
        });
  }

  /** Writes the weights as two shards with an index. */
  public EditedCheckpoint shard() {
    try {
      Map<String, Weight> all = Weights.parse(Files.readAllBytes(folder.resolve(WEIGHTS))).unpack();
      List<Map<String, Weight>> shards = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
      ObjectNode index = JSON.createObjectNode();
      ObjectNode map = index.putObject("weight_map");
      List<String> names = new ArrayList<>(all.keySet());
      for (int i = 0; i < names.size(); i++) {
        int shard = i % 2;
        shards.get(shard).put(names.get(i), all.get(names.get(i)));
        map.put(names.get(i), shardName(shard));
      }
      for (int shard = 0; shard < 2; shard++) {
        Files.write(folder.resolve(shardName(shard)), Weights.pack(shards.get(shard)));
      }
      Files.write(folder.resolve("model.safetensors.index.json"), JSON.writeValueAsBytes(index));
      return delete(WEIGHTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String shardName(int shard) {
    return "model-0000" + (shard + 1) + "-of-00002.safetensors";
  }

  private EditedCheckpoint bytes(String file, Edit edit) {
    try {
      Path path = folder.resolve(file);
      Files.write(path, edit.apply(Files.readAllBytes(path)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Edit {
    byte[] apply(byte[] bytes) throws IOException;
  }

  /**
   * One weight.
   *
   * @param dtype as the format spells it
   */
  public record Weight(String dtype, List<Integer> shape, ByteBuffer data) {}

  /** A weight file taken apart. */
  private record Weights(ObjectNode header, ByteBuffer data) {
    static Weights parse(byte[] file) throws IOException {
      int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
      ObjectNode header = (ObjectNode) JSON.readTree(file, 8, length);
      return new Weights(header, ByteBuffer.wrap(file).slice(8 + length, file.length - 8 - length));
    }

    byte[] write() throws IOException {
      byte[] json = JSON.writeValueAsBytes(header);
      ByteBuffer file = ByteBuffer.allocate(8 + json.length + data.capacity());
      file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data.duplicate());
      return file.array();
    }

    Map<String, Weight> unpack() {
      Map<String, Weight> weights = new LinkedHashMap<>();
      header.properties().stream()
          .filter(entry -> !entry.getKey().equals("__metadata__"))
          .sorted(Comparator.comparingInt(e -> e.getValue().get("data_offsets").get(0).asInt()))
          .forEach(entry -> weights.put(entry.getKey(), weight(entry.getValue())));
      return weights;
    }

    private Weight weight(JsonNode info) {
      List<Integer> shape = new ArrayList<>();
      info.get("shape").forEach(size -> shape.add(size.asInt()));
      int begin = info.get("data_offsets").get(0).asInt();
      int end = info.get("data_offsets").get(1).asInt();
      return new Weight(info.get("dtype").asText(), shape, data.slice(begin, end - begin));
    }

    static byte[] pack(Map<String, Weight> weights) throws IOException {
      ObjectNode header = JSON.createObjectNode();
      int size = weights.values().stream().mapToInt(weight -> weight.data().capacity()).sum();
      ByteBuffer data = ByteBuffer.allocate(size);
      for (Map.Entry<String, Weight> entry : weights.entrySet()) {
        Weight weight = entry.getValue();
        ObjectNode info = header.putObject(entry.getKey());
        info.put("dtype", weight.dtype());
        weight.shape().forEach(info.withArray("shape")::add);
        info.putArray("data_offsets")
            .add(data.position())
            .add(data.position() + weight.data().capacity());
        data.put(weight.data().duplicate());
      }
      return new Weights(header, data.flip()).write();
    }
  }
}
