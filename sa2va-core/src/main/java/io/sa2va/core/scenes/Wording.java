package io.sa2va.core.scenes;

import java.util.List;
import java.util.Locale;

/** Puts words together. */
final class Wording {
  private Wording() {}

  /** "a", "a and b", "a, b and c". */
  static String list(List<String> parts, String separator) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(separator, parts.subList(0, last)) + " and " + parts.get(last);
  }

  /** A phrase with the mask it stands for, as the reference writes grounded answers. */
  static String grounded(String phrase) {
    return "<p> " + phrase + " </p> " + SceneSample.SEG;
  }

  static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
