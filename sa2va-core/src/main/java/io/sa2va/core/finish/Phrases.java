package io.sa2va.core.finish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pairs the phrases {@code <p>…</p>} of a reply with its {@code [SEG]} tokens, in order. */
public final class Phrases {
  private static final String OPEN = "<p>";
  private static final String CLOSE = "</p>";
  private static final String SEG = "[SEG]";

  private Phrases() {}

  /**
   * The phrase of every {@code [SEG]} of a raw reply.
   *
   * @return as many entries as there are {@code [SEG]}; null where no phrase stands before it
   */
  public static List<@Nullable String> of(String rawText) {
    List<@Nullable String> phrases = new ArrayList<>();
    Deque<String> waiting = new ArrayDeque<>();
    int at = 0;
    while (at < rawText.length()) {
      int close = rawText.startsWith(OPEN, at) ? rawText.indexOf(CLOSE, at) : -1;
      if (close >= 0) {
        waiting.add(rawText.substring(at + OPEN.length(), close).strip());
        at = close + CLOSE.length();
      } else if (rawText.startsWith(SEG, at)) {
        phrases.add(waiting.poll());
        at += SEG.length();
      } else {
        at++;
      }
    }
    return Collections.unmodifiableList(phrases);
  }
}
