package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteLevelBpeTest {
  private final Tokenizer tokenizer = TokenizerReader.read(TokenizerCases.checkpoint("qwen2"));

  @Test
  void encodeAndDecode_everyCase_matchReference() {
    TokenizerCases.assertAllExact(tokenizer, "byte_bpe_small.json");
  }

  @Test
  void encodeAndDecode_fromVocabularyAndMerges_matchReference(@TempDir Path folder)
      throws Exception {
    for (String name : List.of("vocab.json", "merges.txt", "tokenizer_config.json")) {
      Files.copy(TokenizerCases.checkpoint("qwen2").resolve(name), folder.resolve(name));
    }

    TokenizerCases.assertAllExact(TokenizerReader.read(folder), "byte_bpe_small.json");
  }

  @Test
  void encodeAndDecode_fromOlderTokenFiles_matchReference(@TempDir Path folder) throws Exception {
    for (String name : List.of("vocab.json", "merges.txt", "added_tokens.json")) {
      Files.copy(TokenizerCases.checkpoint("qwen2").resolve(name), folder.resolve(name));
    }
    String map =
        Files.readString(TokenizerCases.checkpoint("qwen2").resolve("special_tokens_map.json"));
    String sa2va =
        "\"additional_special_tokens\": [\"[SEG]\", \"<p>\", \"</p>\", \"<vp>\", \"</vp>\",";
    Files.writeString(
        folder.resolve("special_tokens_map.json"),
        map.replace("\"additional_special_tokens\": [", sa2va));

    TokenizerCases.assertAllExact(TokenizerReader.read(folder), "byte_bpe_small.json");
  }

  @Test
  @Tag("shared")
  @EnabledIfSystemProperty(
      named = "sa2va.sharedFixtures",
      matches = ".+",
      disabledReason = "needs the 11 MB vocabulary of Qwen2 in -Dsa2va.sharedFixtures=FOLDER")
  void encodeAndDecode_fullQwen2Vocabulary_matchReference() {
    Path shared = Path.of(System.getProperty("sa2va.sharedFixtures"));

    Tokenizer full = TokenizerReader.read(shared.resolve("tokenizers/qwen2_full"));

    assertThat(full.vocabularySize()).isEqualTo(151_671);
    TokenizerCases.assertAllExact(full, "qwen2_full_cases.json");
  }

  @Test
  void lookups_namesAndIds_agreeWithTheFiles() {
    assertThat(tokenizer.idOf("[SEG]")).hasValue(712);
    assertThat(tokenizer.tokenOf(712)).isEqualTo("[SEG]");
    assertThat(tokenizer.idOf("no such token")).isEmpty();
    assertThat(tokenizer.vocabularySize()).isEqualTo(717);
    assertThat(tokenizer.eosId()).hasValue(700);
    assertThat(tokenizer.padId()).hasValue(701);
    assertThat(tokenizer.bosId()).isEmpty();
    assertThat(tokenizer.isSpecial(712)).isTrue();
    assertThat(tokenizer.isSpecial(0)).isFalse();
  }

  @Test
  void encode_longWord_keepsItsText() {
    String word = "abcdefghijklmnopqrstuvwxyz".repeat(4_000);

    assertThat(tokenizer.decode(tokenizer.encode(word))).isEqualTo(word);
  }

  @Test
  void encode_halfOfASurrogatePair_isReadAsReplacement() {
    assertThat(tokenizer.encode("a\uD83Db\uDE42")).isEqualTo(tokenizer.encode("a\uFFFDb\uFFFD"));
  }

  @Test
  void decode_idsWithoutToken_addNothing() {
    int[] ids = {-1, tokenizer.idOf("a").getAsInt(), 717, Integer.MAX_VALUE};

    assertThat(tokenizer.decode(ids)).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[SEG]", "a[SEG]b", "<|im_start|>user\n<img></img>", "🙂 naïve 图"})
  void encodeContinuation_noBosInThisCheckpoint_equalsEncode(String text) {
    assertThat(tokenizer.encodeContinuation(text)).isEqualTo(tokenizer.encode(text));
  }
}
