package io.sa2va.core.zoo;

import io.sa2va.core.text.IncrementalDecoder;
import io.sa2va.core.text.SpecialTokens;
import io.sa2va.core.text.Tokenizer;
import java.util.OptionalInt;

/** For models that are built and never run: it has every token, and reads no text. */
final class AnyTokenizer implements Tokenizer {
  @Override
  public OptionalInt idOf(String token) {
    return OptionalInt.of(0);
  }

  @Override
  public int vocabularySize() {
    return 0;
  }

  @Override
  public OptionalInt bosId() {
    return OptionalInt.empty();
  }

  @Override
  public OptionalInt eosId() {
    return OptionalInt.empty();
  }

  @Override
  public OptionalInt padId() {
    return OptionalInt.empty();
  }

  @Override
  public int[] encode(String text) {
    throw noText();
  }

  @Override
  public int[] encodeContinuation(String text) {
    throw noText();
  }

  @Override
  public IncrementalDecoder incrementalDecoder(SpecialTokens specialTokens) {
    throw noText();
  }

  @Override
  public String tokenOf(int id) {
    throw noText();
  }

  @Override
  public boolean isSpecial(int id) {
    throw noText();
  }

  private static UnsupportedOperationException noText() {
    return new UnsupportedOperationException("a model without weights reads no text");
  }
}
