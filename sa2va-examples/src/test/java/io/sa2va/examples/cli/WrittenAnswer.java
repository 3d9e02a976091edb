package io.sa2va.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.Box;
import io.sa2va.Mask;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** What the command line wrote into a folder, held against the contract of {@code answer.json}. */
final class WrittenAnswer {
  private static final Set<String> FIELDS =
      Set.of("text", "raw_text", "tokens", "width", "height", "frames", "segments");

  private final Path folder;
  private final JsonNode json;

  private WrittenAnswer(Path folder, JsonNode json) {
    this.folder = folder;
    this.json = json;
  }

  static WrittenAnswer in(Path folder) throws IOException {
    return new WrittenAnswer(
        folder, new JsonMapper().readTree(folder.resolve("answer.json").toFile()));
  }

  JsonNode json() {
    return json;
  }

  List<WrittenAnswer> turns() {
    return IntStream.range(0, json.get("turns").size())
        .mapToObj(i -> new WrittenAnswer(folder, json.get("turns").get(i)))
        .toList();
  }

  List<Integer> tokens() {
    return IntStream.range(0, json.get("tokens").size())
        .mapToObj(i -> json.get("tokens").get(i).asInt())
        .toList();
  }

  int segments() {
    return json.get("segments").size();
  }

  Mask mask(int segment, int frame) {
    return Mask.read(file(segment, frame));
  }

  private Path file(int segment, int frame) {
    return folder.resolve(json.at("/segments/%d/masks/%d/file".formatted(segment, frame)).asText());
  }

  /**
   * Checks the fields of a single answer, and every mask file.
   *
   * @param prefix of the file names
   */
  void assertSound(String prefix) throws IOException {
    assertThat(fields(json)).isEqualTo(FIELDS);
    for (int segment = 0; segment < segments(); segment++) {
      JsonNode node = json.get("segments").get(segment);
      assertThat(fields(node)).isEqualTo(Set.of("index", "phrase", "score", "masks"));
      assertThat(node.get("index").asInt()).isEqualTo(segment);
      assertThat(node.get("score").isNumber()).isTrue();
      assertThat(node.get("phrase").isNull() || node.get("phrase").isTextual()).isTrue();
      assertThat(node.get("masks")).hasSize(json.get("frames").asInt());
      for (int frame = 0; frame < node.get("masks").size(); frame++) {
        assertMask(node.get("masks").get(frame), segment, frame, prefix);
      }
    }
  }

  private void assertMask(JsonNode entry, int segment, int frame, String prefix)
      throws IOException {
    assertThat(fields(entry)).isEqualTo(Set.of("frame", "file", "area", "bbox"));
    assertThat(entry.get("frame").asInt()).isEqualTo(frame);
    assertThat(entry.get("file").asText())
        .isEqualTo("%ssegment%d_frame%05d.png".formatted(prefix, segment, frame));
    BufferedImage png = ImageIO.read(file(segment, frame).toFile());
    assertThat(png.getWidth()).isEqualTo(json.get("width").asInt());
    assertThat(png.getHeight()).isEqualTo(json.get("height").asInt());
    assertThat(png.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    int[] levels =
        png.getRaster().getSamples(0, 0, png.getWidth(), png.getHeight(), 0, (int[]) null);
    assertThat(IntStream.of(levels).filter(level -> level != 0 && level != 255)).isEmpty();
    long area = IntStream.of(levels).filter(level -> level == 255).count();
    assertThat(entry.get("area").asLong()).isEqualTo(area);
    @Nullable Box box = mask(segment, frame).box();
    JsonNode bbox = entry.get("bbox");
    if (box == null) {
      assertThat(bbox.isNull()).isTrue();
    } else {
      assertThat(bbox.toString())
          .isEqualTo("[%d,%d,%d,%d]".formatted(box.x(), box.y(), box.width(), box.height()));
    }
  }

  static Set<String> fields(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
