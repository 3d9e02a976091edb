package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTrainingTest {
  private static final List<String> TEXTS =
      List.of("Please segment the red circle.", "the ring", "a red ring, a circle");

  @TempDir private Path folder;

  @Test
  void merges_mostFrequentPair_comesFirst() {
    assertThat(BytePairTraining.merges(List.of("abab ab", "ab")).get(0))
        .isEqualTo(new BytePairTraining.Merge("a", "b"));
  }

  @Test
  void merges_wordsThatShareLetters_becomeSingleTokens() throws Exception {
    Tokenizer tokenizer = tokenizer(TEXTS);
    assertThat(tokenizer.encode("Please segment the red circle.")).hasSize(6);
    assertThat(tokenizer.encode("the ring")).hasSize(2);
  }

  @Test
  void write_textWithUnknownWords_isReadBackExactly() throws Exception {
    Tokenizer tokenizer = tokenizer(TEXTS);
    String text = "Grüße, 世界! 12 rings";
    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
  }

  @Test
  void write_specialTokens_areOneIdEach() throws Exception {
    QwenTokenizerWriter writer = new QwenTokenizerWriter(BytePairTraining.merges(TEXTS));
    Tokenizer tokenizer = tokenizer(TEXTS);
    assertThat(tokenizer.encode("<|im_end|>")).containsExactly(writer.endId());
    assertThat(tokenizer.encode("[SEG]")).hasSize(1);
    assertThat(tokenizer.encode("</vp>")).containsExactly(writer.size() - 1);
  }

  private Tokenizer tokenizer(List<String> texts) throws Exception {
    new QwenTokenizerWriter(BytePairTraining.merges(texts)).write(folder);
    return TokenizerReader.read(folder);
  }
}
