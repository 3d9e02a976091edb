package io.sa2va.core.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The table of byte-level vocabularies that writes each byte as one printable character (GPT-2):
 * printable Latin-1 bytes stand for themselves, the rest for U+0100 and up.
 */
final class ByteAlphabet {
  private static final char[] CHARACTERS = new char[256];
  private static final short[] BYTES = new short[512];

  static {
    Arrays.fill(BYTES, (short) -1);
    char free = 0x100;
    for (int b = 0; b < 256; b++) {
      CHARACTERS[b] = isPrintable(b) ? (char) b : free++;
      BYTES[CHARACTERS[b]] = (short) b;
    }
  }

  private ByteAlphabet() {}

  private static boolean isPrintable(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
  }

  /** Returns the character that stands for a byte, 0 to 255. */
  static char characterOf(int b) {
    return CHARACTERS[b];
  }

  /**
   * Returns the bytes a token stands for; a token with a character outside the table is plain text.
   */
  static byte[] bytesOf(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = token.charAt(i);
      if (c >= BYTES.length || BYTES[c] < 0) {
        return token.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) BYTES[c];
    }
    return bytes;
  }
}
