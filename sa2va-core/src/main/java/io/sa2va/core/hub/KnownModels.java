package io.sa2va.core.hub;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The published checkpoints of Sa2VA and Sa2VA-i, to help with names. */
public final class KnownModels {
  private static final List<String> NAMES =
      List.of(
          "ByteDance/Sa2VA-1B",
          "ByteDance/Sa2VA-4B",
          "ByteDance/Sa2VA-8B",
          "ByteDance/Sa2VA-26B",
          "ByteDance/Sa2VA-InternVL3-2B",
          "ByteDance/Sa2VA-InternVL3-8B",
          "ByteDance/Sa2VA-InternVL3-14B",
          "ByteDance/Sa2VA-Qwen2_5-VL-3B",
          "ByteDance/Sa2VA-Qwen2_5-VL-7B",
          "ByteDance/Sa2VA-Qwen3-VL-2B",
          "ByteDance/Sa2VA-Qwen3-VL-4B",
          "kumuji/Sa2VA-i-1B",
          "kumuji/Sa2VA-i-4B",
          "kumuji/Sa2VA-i-8B",
          "kumuji/Sa2VA-i-26B");

  private static final int SUGGESTIONS = 3;

  private KnownModels() {}

  /** The names, as {@code org/name}. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The known names that are most like the given one.
   *
   * @param name with or without an organization; letter case does not count
   * @return at most three, nearest first; empty when none is similar
   */
  public static List<String> nearest(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int limit = Math.max(2, wanted.length() / 3);
    return NAMES.stream()
        .filter(known -> distance(wanted, known) <= limit)
        .sorted(Comparator.comparingInt(known -> distance(wanted, known)))
        .limit(SUGGESTIONS)
        .toList();
  }

  /** The distance to the whole name, or to the part after the organization if none was given. */
  private static int distance(String wanted, String known) {
    String full = known.toLowerCase(Locale.ROOT);
    return wanted.contains("/")
        ? editDistance(wanted, full)
        : editDistance(wanted, full.substring(full.indexOf('/') + 1));
  }

  /** Levenshtein distance: how many letters to insert, delete or replace. */
  static int editDistance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
