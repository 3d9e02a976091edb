package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.core.testing.EditedCheckpoint;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelWeightsException;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.NativeMemory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that is read while a model is loaded, made to exhaust or to mislead its reader. */
class JsonBombsTest {
  /** Files of JSON, by a fixture whose loading reads them. */
  private static final List<Arguments> JSON_FILES =
      List.of(
          Arguments.of("qwen2", "config.json"),
          Arguments.of("qwen2", "model.safetensors.index.json"),
          Arguments.of("qwen2", "tokenizer.json"),
          Arguments.of("qwen2", "tokenizer_config.json"),
          Arguments.of("qwen2", "special_tokens_map.json"),
          Arguments.of("qwen2", "added_tokens.json"),
          Arguments.of("qwen2", "vocab.json"),
          Arguments.of("qwen3vl", "preprocessor_config.json"));

  private static final int DEPTH = 200_000;
  private static final long HUGE = 3L << 30;

  @TempDir private Path folder;

  static Stream<Arguments> jsonFiles() {
    return JSON_FILES.stream();
  }

  static Stream<Arguments> allFiles() {
    return Stream.concat(
        jsonFiles(),
        Stream.of(
            Arguments.of("qwen2", "merges.txt"),
            Arguments.of("qwen3vl", "chat_template.jinja"),
            Arguments.of("internlm2", "tokenizer.model")));
  }

  @ParameterizedTest
  @MethodSource("jsonFiles")
  @Timeout(120)
  void load_deeplyNested_isRefused(String family, String file) throws IOException {
    String bomb = "{\"a\": " + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}";
    assertRefused(family, file, bomb);
  }

  @ParameterizedTest
  @MethodSource("jsonFiles")
  void load_keyTwice_isRefused(String family, String file) throws IOException {
    assertRefused(family, file, "{\"a\": 1, \"a\": 1}");
  }

  @ParameterizedTest
  @MethodSource("jsonFiles")
  void load_notANumber_isRefused(String family, String file) throws IOException {
    assertRefused(family, file, "{\"a\": NaN}");
  }

  @ParameterizedTest
  @MethodSource("allFiles")
  @Timeout(120)
  void load_hugeFile_isRefusedUnread(String family, String file) throws IOException {
    Path copy = copy(family, file);
    Files.deleteIfExists(copy.resolve(file));
    try (RandomAccessFile sparse = new RandomAccessFile(copy.resolve(file).toFile(), "rw")) {
      sparse.setLength(HUGE);
    }
    assertRefused(copy, file);
  }

  private void assertRefused(String family, String file, String content) throws IOException {
    Path copy = copy(family, file);
    Files.writeString(copy.resolve(file), content);
    assertRefused(copy, file);
  }

  private static void assertRefused(Path checkpoint, String file) {
    long before = NativeMemory.liveObjects();
    assertThatThrownBy(() -> FixtureModel.load(checkpoint).close())
        .isInstanceOfAny(
            ModelConfigException.class,
            ModelWeightsException.class,
            UnsupportedModelException.class)
        .hasMessageContaining(file);
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  /** A checkpoint in which the file is read: some are read only where others are missing. */
  private Path copy(String family, String file) throws IOException {
    Path copy = EditedCheckpoint.copy(family, folder.resolve(file)).folder();
    if (file.equals("vocab.json") || file.equals("merges.txt")) {
      Files.delete(copy.resolve("tokenizer.json"));
    }
    if (file.equals("special_tokens_map.json") || file.equals("added_tokens.json")) {
      Files.delete(copy.resolve("tokenizer_config.json"));
    }
    return copy;
  }
}
