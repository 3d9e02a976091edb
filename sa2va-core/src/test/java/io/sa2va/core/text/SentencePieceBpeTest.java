package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencePieceBpeTest {
  private final Tokenizer tokenizer = TokenizerReader.read(TokenizerCases.checkpoint("internlm2"));

  @Test
  void encodeAndDecode_everyCase_matchReference() {
    TokenizerCases.assertAllExact(tokenizer, "sentencepiece_small.json");
  }

  @Test
  void lookups_namesAndIds_agreeWithTheFiles() {
    assertThat(tokenizer.idOf("[SEG]")).hasValue(615);
    assertThat(tokenizer.tokenOf(615)).isEqualTo("[SEG]");
    assertThat(tokenizer.idOf("no such token")).isEmpty();
    assertThat(tokenizer.vocabularySize()).isEqualTo(620);
    assertThat(tokenizer.bosId()).hasValue(1);
    assertThat(tokenizer.eosId()).hasValue(2);
    assertThat(tokenizer.padId()).hasValue(2);
    assertThat(tokenizer.isSpecial(615)).isTrue();
    assertThat(tokenizer.isSpecial(470)).isFalse();
  }

  @Test
  void encodeContinuation_anyText_leavesOutTheBeginning() {
    assertThat(tokenizer.encode("a[SEG]b")).containsExactly(1, 268, 615, 275);
    assertThat(tokenizer.encodeContinuation("a[SEG]b")).containsExactly(268, 615, 275);
  }

  @Test
  void encode_longWord_keepsItsText() {
    String word = "abcdefghijklmnopqrstuvwxyz".repeat(4_000);

    assertThat(tokenizer.decode(tokenizer.encode(word), SpecialTokens.SKIP)).isEqualTo(word);
  }
}
