package io.sa2va.core.text;

/**
 * Prepares text for the merging as the model file asks: replaced characters, spaces removed, a
 * space put first, spaces written as U+2581 (sentencepiece, {@code normalizer.cc}).
 */
final class SentencePieceNormalizer {
  /** Stands for a space within pieces. */
  static final char SPACE = '\u2581';

  private final SentencePieceModel model;
  private final CharsMap charsMap;
  private final TokenTrie<Integer> userDefined;

  /**
   * @param userDefined pieces that stay as they are
   */
  SentencePieceNormalizer(SentencePieceModel model, TokenTrie<Integer> userDefined) {
    this.model = model;
    this.userDefined = userDefined;
    charsMap = model.charsMap();
  }

  String normalize(String text) {
    StringBuilder normalized = new StringBuilder(text.length() + 1);
    char space = model.escapesSpaces() ? SPACE : ' ';
    boolean collapses = model.removesExtraSpaces();
    boolean afterSpace = collapses;
    for (int at = 0; at < text.length(); ) {
      CharsMap.Replacement prefix = prefixAt(text, at);
      at += prefix.length();
      String part = afterSpace ? withoutLeadingSpaces(prefix.text()) : prefix.text();
      if (!part.isEmpty()) {
        normalized.append(part.replace(' ', space));
        afterSpace = collapses && part.endsWith(" ");
      }
    }
    if (collapses) {
      removeTrailing(normalized, space);
    }
    boolean isEmpty = collapses ? normalized.length() == 0 : text.isEmpty();
    return model.dummyPrefix() && !isEmpty ? space + normalized.toString() : normalized.toString();
  }

  /** Returns how much of the text is looked at next and what it becomes. */
  private CharsMap.Replacement prefixAt(String text, int at) {
    TokenTrie.Match<Integer> match = userDefined.longestAt(text, at);
    if (match != null) {
      return new CharsMap.Replacement(match.length(), text.substring(at, at + match.length()));
    }
    CharsMap.Replacement replacement = charsMap.longestAt(text, at);
    if (replacement != null) {
      return replacement;
    }
    int length = Character.charCount(text.codePointAt(at));
    return new CharsMap.Replacement(length, text.substring(at, at + length));
  }

  private static String withoutLeadingSpaces(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    return text.substring(start);
  }

  private static void removeTrailing(StringBuilder text, char space) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == space) {
      end--;
    }
    text.setLength(end);
  }
}
