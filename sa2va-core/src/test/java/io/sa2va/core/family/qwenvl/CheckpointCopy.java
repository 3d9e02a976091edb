package io.sa2va.core.family.qwenvl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.testing.Golden;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.SafetensorsFile;
import io.sa2va.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A fixture's checkpoint in a folder of its own, to be changed. */
final class CheckpointCopy implements AutoCloseable {
  private static final String WEIGHTS = "model.safetensors";

  private final Path source;
  private final Path folder;

  CheckpointCopy(String fixture) throws IOException {
    this.source = Golden.folder(fixture).resolve("checkpoint");
    this.folder = Files.createTempDirectory("checkpoint");
    for (Path file : files(source)) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
  }

  Path folder() {
    return folder;
  }

  /** Changes config.json. */
  CheckpointCopy configured(Consumer<ObjectNode> change) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Path file = folder.resolve("config.json");
    ObjectNode config = (ObjectNode) json.readTree(file.toFile());
    change.accept(config);
    json.writeValue(file.toFile(), config);
    return this;
  }

  /** Rewrites the weights under other names; those whose name becomes empty are left out. */
  CheckpointCopy renamed(UnaryOperator<String> rename) {
    try (TensorScope scope = TensorScope.open();
        SafetensorsFile file = SafetensorsFile.open(source.resolve(WEIGHTS))) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : file.tensors().keySet()) {
        if (!rename.apply(name).isEmpty()) {
          tensors.put(rename.apply(name), file.tensor(name));
        }
      }
      SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Map.of());
    }
    return this;
  }

  /** Takes the tokens around regions out of the vocabulary, under other names. */
  CheckpointCopy withoutRegionTokens() throws IOException {
    for (String name : List.of("tokenizer.json", "tokenizer_config.json", "added_tokens.json")) {
      Path file = folder.resolve(name);
      String text = Files.readString(file);
      Files.writeString(file, text.replace("<vp>", "<aa>").replace("</vp>", "</aa>"));
    }
    return this;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Override
  public void close() {
    try {
      for (Path file : files(folder)) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
