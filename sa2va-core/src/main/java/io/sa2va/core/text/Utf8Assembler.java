package io.sa2va.core.text;

/**
 * Puts bytes together to characters and holds an unfinished character back. Which sequences are
 * valid is the Unicode standard's table 3-7; java.nio's decoder counts broken surrogates
 * differently.
 */
final class Utf8Assembler {
  /** How a broken sequence shows in the text. */
  enum Broken {
    /** One U+FFFD for the longest valid beginning (Rust's {@code from_utf8_lossy}). */
    AS_ONE,
    /** One U+FFFD for each byte (SentencePiece). */
    BYTE_BY_BYTE
  }

  private static final char REPLACEMENT = '\uFFFD';

  private final Broken broken;
  private int codePoint;
  private int seen;
  private int needed;
  private int lowest;
  private int highest;

  Utf8Assembler(Broken broken) {
    this.broken = broken;
  }

  /** Takes a byte, 0 to 255, and appends what is certain now. */
  void accept(int b, StringBuilder text) {
    if (needed > 0 && b >= lowest && b <= highest) {
      continueWith(b, text);
    } else {
      finish(text);
      begin(b, text);
    }
  }

  /** Appends what an unfinished character shows as. */
  void finish(StringBuilder text) {
    if (needed > 0) {
      text.append(String.valueOf(REPLACEMENT).repeat(broken == Broken.AS_ONE ? 1 : seen));
      needed = 0;
    }
  }

  private void continueWith(int b, StringBuilder text) {
    codePoint = (codePoint << 6) | (b & 0x3F);
    seen++;
    needed--;
    lowest = 0x80;
    highest = 0xBF;
    if (needed == 0) {
      text.appendCodePoint(codePoint);
    }
  }

  private void begin(int b, StringBuilder text) {
    if (b < 0x80) {
      text.append((char) b);
    } else if (b >= 0xC2 && b <= 0xDF) {
      expect(1, b & 0x1F, 0x80, 0xBF);
    } else if (b >= 0xE0 && b <= 0xEF) {
      expect(2, b & 0x0F, b == 0xE0 ? 0xA0 : 0x80, b == 0xED ? 0x9F : 0xBF);
    } else if (b >= 0xF0 && b <= 0xF4) {
      expect(3, b & 0x07, b == 0xF0 ? 0x90 : 0x80, b == 0xF4 ? 0x8F : 0xBF);
    } else {
      text.append(REPLACEMENT);
    }
  }

  private void expect(int count, int bits, int lowestByte, int highestByte) {
    needed = count;
    seen = 1;
    codePoint = bits;
    lowest = lowestByte;
    highest = highestByte;
  }
}
