package io.sa2va.core.text;

/**
 * Turns ids into text one at a time, as a model generates them. A piece of text never shows half a
 * character; joined together, all pieces and the rest that {@link #finish()} returns are exactly
 * what {@link Tokenizer#decode(int[], SpecialTokens)} gives for all ids. For one sequence and one
 * thread.
 *
 * <p>With {@link SpecialTokens#KEEP}, InternLM2's tokenizer lets no text go before the next special
 * token or the end: its reference puts a space before text that a special token follows.
 */
public interface IncrementalDecoder {

  /**
   * Takes the next id and returns the text that is certain now, often empty while a character or a
   * space that may still be joined to the next word is incomplete. An id without a token adds
   * nothing.
   */
  String next(int id);

  /** Returns what was held back; nothing may follow. */
  String finish();
}
