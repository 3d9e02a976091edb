package io.sa2va.core.text;

import static io.sa2va.core.text.CharacterClasses.isLetter;
import static io.sa2va.core.text.CharacterClasses.isNumber;
import static io.sa2va.core.text.CharacterClasses.isWhiteSpace;

/**
 * Cuts text into the words that byte-pair merging never crosses, by the {@link #PATTERN} of Qwen2.
 * The pattern is matched by hand: one pass, no backtracking, and the same character classes on
 * every Java version.
 */
final class Qwen2Words {
  /** The pattern as {@code tokenizer.json} spells it. */
  static final String PATTERN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private Qwen2Words() {}

  /** Returns where the word that begins at {@code start}, a place inside the text, ends. */
  static int wordEnd(String text, int start) {
    int contraction = contractionEnd(text, start);
    if (contraction > start) {
      return contraction;
    }
    int first = text.codePointAt(start);
    int second = start + Character.charCount(first);
    if (isLetter(first)) {
      return lettersEnd(text, second);
    }
    if (isNumber(first)) {
      return second;
    }
    if (!isLineBreak(first) && second < text.length() && isLetter(text.codePointAt(second))) {
      return lettersEnd(text, second);
    }
    if (!isWhiteSpace(first)) {
      return symbolsEnd(text, start);
    }
    if (first == ' ' && second < text.length() && isSymbol(text.codePointAt(second))) {
      return symbolsEnd(text, second);
    }
    return whiteSpaceEnd(text, start);
  }

  /** {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)}. */
  private static int contractionEnd(String text, int start) {
    if (text.charAt(start) != '\'' || start + 1 == text.length()) {
      return start;
    }
    char first = Character.toLowerCase(text.charAt(start + 1));
    if (first == 's' || first == 't' || first == 'm' || first == 'd' || first == 'ſ') {
      return start + 2;
    }
    char second = start + 2 < text.length() ? Character.toLowerCase(text.charAt(start + 2)) : 0;
    boolean pair =
        (first == 'r' && second == 'e')
            || (first == 'v' && second == 'e')
            || (first == 'l' && second == 'l');
    return pair ? start + 3 : start;
  }

  private static int lettersEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isLetter(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  /** {@code [^\s\p{L}\p{N}]+[\r\n]*}. */
  private static int symbolsEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isSymbol(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    while (end < text.length() && isLineBreak(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** {@code \s*[\r\n]+|\s+(?!\S)|\s+}: up to the last line break, or all but the last space. */
  private static int whiteSpaceEnd(String text, int start) {
    int end = start;
    int afterLineBreak = -1;
    while (end < text.length() && isWhiteSpace(text.charAt(end))) {
      end++;
      if (isLineBreak(text.charAt(end - 1))) {
        afterLineBreak = end;
      }
    }
    if (afterLineBreak >= 0) {
      return afterLineBreak;
    }
    return end == text.length() || end == start + 1 ? end : end - 1;
  }

  private static boolean isSymbol(int codePoint) {
    return !isWhiteSpace(codePoint) && !isLetter(codePoint) && !isNumber(codePoint);
  }

  private static boolean isLineBreak(int codePoint) {
    return codePoint == '\r' || codePoint == '\n';
  }
}
