package io.sa2va.core.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes away the spaces before English punctuation and contractions, as the reference does when
 * {@code clean_up_tokenization_spaces} is set (transformers, {@code clean_up_tokenization}): ten
 * replacements, each over the result of the one before. Works on text that arrives in pieces.
 */
final class SpaceCleanUp {
  private static final List<String> SPACED =
      List.of(" .", " ?", " !", " ,", " ' ", " n't", " 'm", " 's", " 've", " 're");

  private final List<Replacement> replacements = new ArrayList<>();

  private SpaceCleanUp() {}

  /** Returns one that leaves the text as it is. */
  static SpaceCleanUp none() {
    return new SpaceCleanUp();
  }

  static SpaceCleanUp english() {
    SpaceCleanUp cleanUp = new SpaceCleanUp();
    SPACED.forEach(spaced -> cleanUp.replacements.add(new Replacement(spaced, spaced.strip())));
    return cleanUp;
  }

  String next(String text) {
    String cleaned = text;
    for (Replacement replacement : replacements) {
      cleaned = replacement.next(cleaned);
    }
    return cleaned;
  }

  /** Returns what was held back, and is ready for another text. */
  String finish() {
    String rest = "";
    for (Replacement replacement : replacements) {
      rest = replacement.next(rest) + replacement.finish();
    }
    return rest;
  }

  /** {@link String#replace} on a text in pieces: holds back what may begin the sought text. */
  private static final class Replacement {
    private final String sought;
    private final String substitute;
    private String held = "";

    Replacement(String sought, String substitute) {
      this.sought = sought;
      this.substitute = substitute;
    }

    String next(String text) {
      String all = held + text;
      int open = firstOpen(all, endOfLastMatch(all));
      held = all.substring(open);
      return all.substring(0, open).replace(sought, substitute);
    }

    String finish() {
      String rest = held;
      held = "";
      return rest;
    }

    private int endOfLastMatch(String all) {
      int end = 0;
      for (int at = all.indexOf(sought); at >= 0; at = all.indexOf(sought, end)) {
        end = at + sought.length();
      }
      return end;
    }

    /** Returns where a beginning of the sought text reaches to the end. */
    private int firstOpen(String all, int from) {
      int open = Math.max(from, all.length() - sought.length() + 1);
      while (open < all.length() && !sought.startsWith(all.substring(open))) {
        open++;
      }
      return open;
    }
  }
}
