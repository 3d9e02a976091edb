package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged files: a tokenizer that still works, or a {@link TokenizerException}; nothing else. */
class MutatedTokenizerFilesTest {
  private static final int MUTATIONS = 300;
  private static final String TEXT = " I'm <s>a[SEG] 図\n\n🙂  e\u0301 <|im_end|>";

  @ParameterizedTest
  @CsvSource({
    "internlm2, tokenizer.model",
    "internlm2, tokenizer_config.json",
    "qwen2, tokenizer.json"
  })
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void read_mutatedFile_worksOrThrowsTokenizerException(
      String checkpoint, String name, @TempDir Path folder) throws IOException {
    copy(TokenizerCases.checkpoint(checkpoint), folder);
    byte[] original = Files.readAllBytes(folder.resolve(name));
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Files.write(folder.resolve(name), mutate(original, new Random(seed)));
      if (!works(folder)) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static boolean works(Path folder) {
    Tokenizer tokenizer;
    try {
      tokenizer = TokenizerReader.read(folder);
    } catch (TokenizerException e) {
      assertThat(e).hasMessageContaining(folder.toString());
      return false;
    }
    assertThat(tokenizer.decode(tokenizer.encode(TEXT))).isNotNull();
    return true;
  }

  private static byte[] mutate(byte[] original, Random random) {
    int at = random.nextInt(original.length);
    int length = 1 + random.nextInt(8);
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    int rest = Math.min(original.length, at + length);
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(original, at);
      case 1 -> join(original, at, noise, at);
      case 2 -> join(original, at, new byte[0], rest);
      default -> join(original, at, noise, rest);
    };
  }

  private static byte[] join(byte[] original, int head, byte[] middle, int tail) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(original, 0, head);
    bytes.writeBytes(middle);
    bytes.write(original, tail, original.length - tail);
    return bytes.toByteArray();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
