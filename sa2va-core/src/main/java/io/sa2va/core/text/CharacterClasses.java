package io.sa2va.core.text;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Iterator;

/**
 * The classes \p{L}, \p{N} and \s as the reference's regular expressions see them (Unicode 16).
 * They are our own because those of {@link Character} depend on the Java version, and ids must not.
 */
final class CharacterClasses {
  private static final String TABLE = "unicode-16-letters-numbers.txt";
  private static final BitSet LETTERS = new BitSet();
  private static final BitSet NUMBERS = new BitSet();

  static {
    readTable();
  }

  private CharacterClasses() {}

  static boolean isLetter(int codePoint) {
    return LETTERS.get(codePoint);
  }

  static boolean isNumber(int codePoint) {
    return NUMBERS.get(codePoint);
  }

  static boolean isWhiteSpace(int codePoint) {
    return (codePoint >= 0x09 && codePoint <= 0x0D)
        || codePoint == ' '
        || codePoint == 0x85
        || codePoint == 0xA0
        || codePoint == 0x1680
        || (codePoint >= 0x2000 && codePoint <= 0x200A)
        || codePoint == 0x2028
        || codePoint == 0x2029
        || codePoint == 0x202F
        || codePoint == 0x205F
        || codePoint == 0x3000;
  }

  private static void readTable() {
    InputStream table = CharacterClasses.class.getResourceAsStream(TABLE);
    if (table == null) {
      throw new IllegalStateException(TABLE + " is missing from the library");
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
      lines.lines().forEach(CharacterClasses::addRange);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a line such as "L 41 5A". */
  private static void addRange(String line) {
    Iterator<String> fields = Splitter.on(' ').split(line).iterator();
    BitSet set = fields.next().equals("L") ? LETTERS : NUMBERS;
    int first = Integer.parseInt(fields.next(), 16);
    set.set(first, Integer.parseInt(fields.next(), 16) + 1);
  }
}
