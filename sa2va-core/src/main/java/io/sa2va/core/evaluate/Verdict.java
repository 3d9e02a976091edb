package io.sa2va.core.evaluate;

/**
 * How good one answer is.
 *
 * @param score 0 to 1
 * @param frame on which it is worst; 0 for a picture
 */
record Verdict(double score, int frame) {
  static Verdict of(double score) {
    return new Verdict(score, 0);
  }

  static Verdict of(boolean right) {
    return of(right ? 1 : 0);
  }
}
