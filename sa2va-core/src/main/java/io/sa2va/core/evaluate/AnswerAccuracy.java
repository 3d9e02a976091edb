package io.sa2va.core.evaluate;

import java.util.Locale;

/**
 * The share of questions answered exactly. Exactly means the same words in the same order: upper
 * and lower case, white space, the marks {@code . , ; : ! ?}, quotation marks and the articles a,
 * an and the do not count; everything else does. Not thread-safe.
 */
public final class AnswerAccuracy {
  private long right;
  private long count;

  /** Starts with nothing. */
  public AnswerAccuracy() {}

  /**
   * Adds a question.
   *
   * @param answer what the model said, readable
   * @param expected what it should have said
   * @return whether that is the same
   */
  public boolean add(String answer, String expected) {
    boolean same = words(answer).equals(words(expected));
    right += same ? 1 : 0;
    count++;
    return same;
  }

  /** The words that count, in lower case, one space between. */
  static String words(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("[.,;:!?\"'“”‘’]", " ")
        .replaceAll("\\b(a|an|the)\\b", " ")
        .strip()
        .replaceAll("\\s+", " ");
  }

  /** How many questions were added. */
  public long count() {
    return count;
  }

  /** From 0 to 1; 0 while nothing was added. */
  public double value() {
    return count == 0 ? 0 : (double) right / count;
  }
}
