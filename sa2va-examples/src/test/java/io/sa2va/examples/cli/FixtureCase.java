package io.sa2va.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.Mask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One case of a fixture: a request about its picture or video, and the reply of the reference.
 *
 * @param node as in the manifest
 */
record FixtureCase(String family, JsonNode node) {
  private static final Path FIXTURES = Path.of("../sa2va-core/src/test/resources/fixtures");

  static List<FixtureCase> all(String family) {
    try {
      JsonNode manifest =
          new JsonMapper().readTree(FIXTURES.resolve(family).resolve("manifest.json").toFile());
      return StreamSupport.stream(manifest.get("cases").spliterator(), false)
          .map(node -> new FixtureCase(family, node))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path checkpoint(String family) {
    return FIXTURES.resolve(family).resolve("checkpoint");
  }

  static Path image(String family) {
    return FIXTURES.resolve(family).resolve("images/image.png");
  }

  String name() {
    return node.get("name").asText();
  }

  String prediction() {
    return node.get("prediction").asText();
  }

  Path golden() {
    return FIXTURES.resolve(family).resolve("golden.safetensors");
  }

  /**
   * The command line that asks this.
   *
   * @param temporary an empty folder, for what the command line takes as files
   */
  List<String> arguments(Path temporary) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("chat", "--model", checkpoint(family).toString(), "--threads", "1"));
    arguments.addAll(List.of("--text", node.get("text").asText()));
    switch (node.get("kind").asText()) {
      case "image" -> arguments.addAll(List.of("--image", image(family).toString()));
      case "video" ->
          arguments.addAll(List.of("--frames", frames(family, temporary.resolve("f")).toString()));
      default -> {}
    }
    if (node.get("regions").asBoolean()) {
      for (Path region : regions(family, temporary)) {
        arguments.addAll(List.of("--region", region.toString()));
      }
    }
    return arguments;
  }

  /** Copies the video's frames into a folder of their own. */
  static Path frames(String family, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(image(family).getParent())) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("frame_")) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
    }
    return folder;
  }

  /** The masks of {@code region_masks.npy}, bytes of shape (2, H, W), as picture files. */
  private static List<Path> regions(String family, Path folder) throws IOException {
    io.sa2va.Image picture = io.sa2va.Image.read(image(family));
    byte[] npy = Files.readAllBytes(image(family).resolveSibling("region_masks.npy"));
    int area = picture.width() * picture.height();
    List<Path> files = new ArrayList<>();
    for (int region = 0; region < 2; region++) {
      boolean[] set = new boolean[area];
      for (int i = 0; i < area; i++) {
        set[i] = npy[npy.length - (2 - region) * area + i] != 0;
      }
      Path file = folder.resolve("region" + region + ".png");
      Mask.of(picture.width(), picture.height(), set).writePng(file);
      files.add(file);
    }
    return files;
  }

  @Override
  public String toString() {
    return family + " " + name();
  }
}
