package io.sa2va.core.text;

import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;

/** What all kinds share: look-ups by name and id, and what comes first in a sequence. */
abstract class VocabularyTokenizer implements Tokenizer {
  private static final char REPLACEMENT = '\uFFFD';

  final Vocabulary vocabulary;
  private final SequenceIds sequenceIds;

  VocabularyTokenizer(Vocabulary vocabulary, SequenceIds sequenceIds) {
    this.vocabulary = vocabulary;
    this.sequenceIds = sequenceIds;
  }

  /** Appends the ids of a text without unpaired surrogates. */
  abstract void encode(String text, ImmutableIntArray.Builder ids);

  @Override
  public final int[] encode(String text) {
    ImmutableIntArray.Builder ids = ImmutableIntArray.builder();
    sequenceIds.first().ifPresent(ids::add);
    encode(withoutHalfPairs(text), ids);
    return ids.build().toArray();
  }

  @Override
  public final int[] encodeContinuation(String text) {
    ImmutableIntArray.Builder ids = ImmutableIntArray.builder();
    encode(withoutHalfPairs(text), ids);
    return ids.build().toArray();
  }

  @Override
  public final OptionalInt idOf(String token) {
    return vocabulary.idOf(token);
  }

  @Override
  public final String tokenOf(int id) {
    String token = vocabulary.nameOf(id);
    if (token == null) {
      throw new IllegalArgumentException(
          "no token has the id " + id + "; ids are 0 to " + (vocabulary.size() - 1));
    }
    return token;
  }

  @Override
  public final int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public final OptionalInt bosId() {
    return sequenceIds.bos();
  }

  @Override
  public final OptionalInt eosId() {
    return sequenceIds.eos();
  }

  @Override
  public final OptionalInt padId() {
    return sequenceIds.pad();
  }

  @Override
  public final boolean isSpecial(int id) {
    return vocabulary.isSpecial(id);
  }

  private static String withoutHalfPairs(String text) {
    StringBuilder repaired = null;
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i))) {
        continue;
      }
      if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
        i++;
      } else {
        repaired = repaired == null ? new StringBuilder(text) : repaired;
        repaired.setCharAt(i, REPLACEMENT);
      }
    }
    return repaired == null ? text : repaired.toString();
  }
}
