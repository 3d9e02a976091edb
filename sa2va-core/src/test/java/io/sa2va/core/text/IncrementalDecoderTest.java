package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncrementalDecoderTest {

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "internlm2"})
  void next_charactersOfSeveralTokens_appearWhole(String checkpoint) {
    Tokenizer tokenizer = TokenizerReader.read(TokenizerCases.checkpoint(checkpoint));

    List<String> pieces = pieces(tokenizer, "\uD83D\uDC7D\u9F98", SpecialTokens.SKIP);

    assertThat(pieces)
        .filteredOn(piece -> !piece.isEmpty())
        .containsExactly("\uD83D\uDC7D", "\u9F98");
  }

  @ParameterizedTest
  @CsvSource({"qwen2, byte_bpe_small.json", "internlm2, sentencepiece_small.json"})
  void next_everyCase_piecesJoinToTheWholeText(String checkpoint, String cases) {
    Tokenizer tokenizer = TokenizerReader.read(TokenizerCases.checkpoint(checkpoint));
    for (TokenizerCases.Case expected : TokenizerCases.read(cases)) {
      String text = expected.text();
      assertThat(String.join("", pieces(tokenizer, text, SpecialTokens.SKIP)))
          .isEqualTo(expected.plain());
      assertThat(String.join("", pieces(tokenizer, text, SpecialTokens.KEEP)))
          .isEqualTo(expected.decoded());
    }
  }

  @ParameterizedTest
  @EnumSource(SpecialTokens.class)
  void finish_incompleteCharacter_showsAsReplacement(SpecialTokens specialTokens) {
    Tokenizer tokenizer = TokenizerReader.read(TokenizerCases.checkpoint("qwen2"));
    IncrementalDecoder decoder = tokenizer.incrementalDecoder(specialTokens);

    // The bytes F0 and 9F, with which emoji begin.
    assertThat(decoder.next(tokenizer.idOf("\u00F0").getAsInt())).isEmpty();
    assertThat(decoder.next(tokenizer.idOf("\u0141").getAsInt())).isEmpty();
    assertThat(decoder.finish()).isEqualTo("\uFFFD");
  }

  @ParameterizedTest
  @EnumSource(SpecialTokens.class)
  void next_brokenSequenceOfBytes_showsOneReplacementPerByte(SpecialTokens specialTokens) {
    Tokenizer tokenizer = TokenizerReader.read(TokenizerCases.checkpoint("internlm2"));
    int[] ids = {
      tokenizer.idOf("<0xF0>").getAsInt(),
      tokenizer.idOf("<0x9F>").getAsInt(),
      tokenizer.idOf("a").getAsInt()
    };

    assertThat(tokenizer.decode(ids, specialTokens)).isEqualTo("\uFFFD\uFFFDa");
  }

  private static List<String> pieces(Tokenizer tokenizer, String text, SpecialTokens special) {
    IncrementalDecoder decoder = tokenizer.incrementalDecoder(special);
    List<String> pieces = new ArrayList<>();
    for (int id : tokenizer.encode(text)) {
      pieces.add(decoder.next(id));
    }
    pieces.add(decoder.finish());
    return pieces;
  }
}
