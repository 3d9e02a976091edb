package io.sa2va.core.encode.qwenvit;

/**
 * Runs of tokens that attend within themselves.
 *
 * @param count how many runs follow each other
 * @param length tokens of each
 */
record AttentionSpans(int count, int length) {
  int tokens() {
    return count * length;
  }
}
