package io.sa2va;

import java.util.stream.IntStream;

/**
 * The compressed text form of COCO's run-length counts (cocoapi, maskApi.c).
 *
 * <p>From the fourth count on, the difference to the count two before is written. Each number goes
 * in groups of five bits, lowest first, one printable character a group: bit 5 says that more
 * groups follow, and bit 4 of the last group is the sign.
 */
final class RleText {
  private static final int GROUP_BITS = 5;
  private static final int GROUP_MASK = 0x1F;
  private static final int SIGN = 0x10;
  private static final int MORE = 0x20;
  private static final char ZERO = '0';

  /** A difference of two counts has 32 bits and a sign. */
  private static final int MAX_GROUPS = 7;

  private RleText() {}

  static String write(int[] counts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < counts.length; i++) {
      appendNumber(text, i > 2 ? counts[i] - counts[i - 2] : counts[i]);
    }
    return text.toString();
  }

  private static void appendNumber(StringBuilder text, int number) {
    int rest = number;
    boolean more;
    do {
      int group = rest & GROUP_MASK;
      rest >>= GROUP_BITS;
      more = (group & SIGN) == 0 ? rest != 0 : rest != -1;
      text.append((char) (ZERO + (more ? group | MORE : group)));
    } while (more);
  }

  static int[] parse(String text) {
    int[] counts = new int[text.length()];
    int size = 0;
    int at = 0;
    while (at < text.length()) {
      int end = endOfNumber(text, at);
      long number = readNumber(text, at, end) + (size > 2 ? counts[size - 2] : 0);
      if (number < 0 || number > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "run-length text must hold counts from 0, but at character %d holds %d"
                .formatted(at, number));
      }
      counts[size++] = (int) number;
      at = end;
    }
    return IntStream.of(counts).limit(size).toArray();
  }

  private static int endOfNumber(String text, int start) {
    int last = start;
    while (last < text.length() && (group(text, last) & MORE) != 0) {
      last++;
    }
    if (last == text.length() || last - start >= MAX_GROUPS) {
      throw new IllegalArgumentException(
          "run-length text is cut off or damaged in the number at character " + start);
    }
    return last + 1;
  }

  private static long readNumber(String text, int start, int end) {
    long number = 0;
    for (int i = start; i < end; i++) {
      number |= (long) (group(text, i) & GROUP_MASK) << (GROUP_BITS * (i - start));
    }
    boolean negative = (group(text, end - 1) & SIGN) != 0;
    return negative ? number | -1L << (GROUP_BITS * (end - start)) : number;
  }

  private static int group(String text, int at) {
    int group = text.charAt(at) - ZERO;
    if (group < 0 || group >= 2 * MORE) {
      throw new IllegalArgumentException(
          "run-length text must have characters from '0' to 'o' only, but has '%s' at %d"
              .formatted(text.charAt(at), at));
    }
    return group;
  }
}
