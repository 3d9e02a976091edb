package io.sa2va.core.text;

/**
 * A token that is found in the text before anything else is done with it.
 *
 * @param content the text that stands for it
 * @param id its id
 * @param singleWord found only where no word character touches it
 * @param leftStrip takes the white space before it away
 * @param rightStrip takes the white space after it away
 * @param normalized looked for in the normalised text rather than in the text as given
 * @param special left out by {@link SpecialTokens#SKIP}
 */
record AddedToken(
    String content,
    int id,
    boolean singleWord,
    boolean leftStrip,
    boolean rightStrip,
    boolean normalized,
    boolean special) {

  /** A token without any of the rare flags. */
  static AddedToken plain(String content, int id, boolean special) {
    return new AddedToken(content, id, false, false, false, false, special);
  }

  AddedToken withSpecial(boolean value) {
    return new AddedToken(content, id, singleWord, leftStrip, rightStrip, normalized, value);
  }

  AddedToken withNormalized(boolean value) {
    return new AddedToken(content, id, singleWord, leftStrip, rightStrip, value, special);
  }
}
