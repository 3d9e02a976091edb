package io.sa2va.core.text;

import java.util.OptionalInt;

/**
 * Text to token ids and back, exactly as the checkpoint's own tokenizer does it. Immutable and safe
 * for use by many threads. {@link TokenizerReader} makes one from a checkpoint's folder.
 */
public interface Tokenizer {

  /**
   * Returns the ids of a prompt: added tokens named in the text become their ids, and the token
   * that begins a sequence comes first if the checkpoint asks for it. Half a surrogate pair is read
   * as U+FFFD.
   */
  int[] encode(String text);

  /**
   * Returns the ids of a text that continues a prompt: as {@link #encode}, with nothing put first.
   */
  int[] encodeContinuation(String text);

  /** Returns the text of these ids, special tokens by name. Ids without a token add nothing. */
  default String decode(int[] ids) {
    return decode(ids, SpecialTokens.KEEP);
  }

  /**
   * Returns the text of these ids. Ids without a token add nothing; broken UTF-8 becomes U+FFFD.
   */
  default String decode(int[] ids, SpecialTokens specialTokens) {
    IncrementalDecoder decoder = incrementalDecoder(specialTokens);
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(decoder.next(id));
    }
    return text.append(decoder.finish()).toString();
  }

  /** Returns a decoder for ids that arrive one by one. */
  IncrementalDecoder incrementalDecoder(SpecialTokens specialTokens);

  /** Returns the id of a token by its name as the files spell it, for example {@code [SEG]}. */
  OptionalInt idOf(String token);

  /**
   * Returns a token's name as the files spell it.
   *
   * @throws IllegalArgumentException if no token has this id
   */
  String tokenOf(int id);

  /** Returns one more than the largest id, added tokens included. */
  int vocabularySize();

  /** Returns the id that begins a sequence. */
  OptionalInt bosId();

  /** Returns the id that ends a sequence. */
  OptionalInt eosId();

  /** Returns the id that fills up a batch. */
  OptionalInt padId();

  /** Returns whether {@link SpecialTokens#SKIP} leaves this id out. */
  boolean isSpecial(int id);
}
