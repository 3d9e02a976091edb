package io.sa2va.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.sa2va.core.engine.BundledModel;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * This library's tokenizer beside Hugging Face's own, through DJL's binding. Another tokenizer than
 * the bundled one: {@code -Dsa2va.tokenizer=FOLDER}.
 */
class TokenizerComparisonTest {
  private static final String TEXT =
      "Please segment the girl in the yellow dress, who holds 2 apples; then describe her. "
          .repeat(64)
          .strip();

  private static final int ROUNDS = 201;

  private final Path folder =
      System.getProperty("sa2va.tokenizer") == null
          ? BundledModel.folder()
          : Path.of(System.getProperty("sa2va.tokenizer"));
  private final Tokenizer ours = TokenizerReader.read(folder);

  @Test
  void encode_prompt_givesTheIdsOfHuggingFace() throws IOException {
    try (HuggingFaceTokenizer theirs = huggingFace()) {
      assertThat(ours.encode(TEXT)).isEqualTo(theirs(theirs));
    }
  }

  @Test
  @Tag("slow")
  void encode_inTurns_printsHowLongEachTakes() throws IOException {
    try (HuggingFaceTokenizer theirs = huggingFace()) {
      long[] ourTimes = new long[ROUNDS];
      long[] theirTimes = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        long start = System.nanoTime();
        int[] ourIds = ours.encode(TEXT);
        long between = System.nanoTime();
        int[] theirIds = theirs(theirs);
        theirTimes[i] = System.nanoTime() - between;
        ourTimes[i] = between - start;
        assertThat(ourIds).isEqualTo(theirIds);
      }
      System.out.printf(
          Locale.ROOT,
          "encoding %d characters, median of %d: ours %.3f ms, Hugging Face's %.3f ms%n",
          TEXT.length(),
          ROUNDS,
          median(ourTimes),
          median(theirTimes));
    }
  }

  private HuggingFaceTokenizer huggingFace() throws IOException {
    return HuggingFaceTokenizer.builder()
        .optTokenizerPath(folder.resolve("tokenizer.json"))
        .optTruncation(false)
        .build();
  }

  private static int[] theirs(HuggingFaceTokenizer tokenizer) {
    return Arrays.stream(tokenizer.encode(TEXT, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e6;
  }
}
