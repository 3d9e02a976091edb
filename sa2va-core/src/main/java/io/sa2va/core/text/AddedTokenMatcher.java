package io.sa2va.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text at the added tokens in it: the leftmost first, of several at one place the longest,
 * with the flags as the reference honours them (tokenizers, {@code added_vocabulary.rs}).
 */
final class AddedTokenMatcher {
  private static final Pattern WORD_CHARACTER =
      Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);

  private final TokenTrie<AddedToken> trie = new TokenTrie<>();

  /** Looks for each token's content as {@code spelling} writes it. */
  AddedTokenMatcher(List<AddedToken> tokens, UnaryOperator<String> spelling) {
    for (AddedToken token : tokens) {
      String pattern = spelling.apply(token.content());
      if (!pattern.isEmpty()) {
        trie.put(pattern, token);
      }
    }
  }

  /** A stretch of text, or the added token found there. */
  record Segment(String text, @Nullable AddedToken token) {}

  List<Segment> split(String text) {
    List<Segment> segments = new ArrayList<>();
    int done = 0;
    int at = 0;
    while (at < text.length()) {
      TokenTrie.Match<AddedToken> found = trie.longestAt(text, at);
      if (found == null) {
        at++;
        continue;
      }
      int end = at + found.length();
      AddedToken token = found.value();
      if (!token.singleWord() || standsAlone(text, at, end)) {
        int start = token.leftStrip() ? Math.max(spaceBefore(text, at), done) : at;
        if (done < start) {
          segments.add(new Segment(text.substring(done, start), null));
        }
        segments.add(new Segment(token.content(), token));
        done = token.rightStrip() ? spaceAfter(text, end) : end;
      }
      at = end;
    }
    if (done < text.length()) {
      segments.add(new Segment(text.substring(done), null));
    }
    return segments;
  }

  private static boolean standsAlone(String text, int start, int end) {
    return (start == 0 || !isWordCharacter(text.codePointBefore(start)))
        && (end == text.length() || !isWordCharacter(text.codePointAt(end)));
  }

  private static boolean isWordCharacter(int codePoint) {
    return CharacterClasses.isLetter(codePoint)
        || WORD_CHARACTER.matcher(Character.toString(codePoint)).matches();
  }

  private static int spaceBefore(String text, int end) {
    int start = end;
    while (start > 0 && CharacterClasses.isWhiteSpace(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int spaceAfter(String text, int start) {
    int end = start;
    while (end < text.length() && CharacterClasses.isWhiteSpace(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
