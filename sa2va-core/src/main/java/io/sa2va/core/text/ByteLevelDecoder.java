package io.sa2va.core.text;

/** Joins the bytes of byte-level tokens to text. */
final class ByteLevelDecoder implements IncrementalDecoder {
  private final Vocabulary vocabulary;
  private final SpecialTokens specialTokens;
  private final SpaceCleanUp cleanUp;
  private final Utf8Assembler characters = new Utf8Assembler(Utf8Assembler.Broken.AS_ONE);

  ByteLevelDecoder(Vocabulary vocabulary, SpecialTokens specialTokens, SpaceCleanUp cleanUp) {
    this.vocabulary = vocabulary;
    this.specialTokens = specialTokens;
    this.cleanUp = cleanUp;
  }

  @Override
  public String next(int id) {
    String token = vocabulary.nameOf(id);
    if (token == null || (specialTokens == SpecialTokens.SKIP && vocabulary.isSpecial(id))) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (byte b : ByteAlphabet.bytesOf(token)) {
      characters.accept(b & 0xFF, text);
    }
    return cleanUp.next(text.toString());
  }

  @Override
  public String finish() {
    StringBuilder rest = new StringBuilder();
    characters.finish(rest);
    return cleanUp.next(rest.toString()) + cleanUp.finish();
  }
}
