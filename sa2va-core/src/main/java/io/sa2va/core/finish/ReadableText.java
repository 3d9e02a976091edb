package io.sa2va.core.finish;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Turns the pieces of a raw reply into the text that people read, as they come: {@code [SEG]}
 * becomes {@code [1]}, {@code [2]} …, marks (special tokens, stop words) are left out, runs of
 * spaces become one, and none stand at the beginning, the end, or around a line break.
 *
 * <p>What could be the beginning of a mark is held back until that is known. The text ends before
 * the first end word. For one reply; not thread-safe.
 */
public final class ReadableText {
  private static final String SEG = "[SEG]";

  private final List<String> marks;
  private final List<String> ends;
  private final Consumer<String> listener;
  private final StringBuilder waiting = new StringBuilder();
  private final StringBuilder white = new StringBuilder();
  private final StringBuilder shown = new StringBuilder();
  private int segments;
  private boolean ended;

  /**
   * Starts empty.
   *
   * @param marks texts that are left out
   * @param ends texts that are left out with all that follows them
   * @param listener takes the readable text piece by piece; joined, the pieces are the whole text
   */
  public ReadableText(
      Collection<String> marks, Collection<String> ends, Consumer<String> listener) {
    this.marks = marks.stream().filter(mark -> !mark.isEmpty() && !mark.equals(SEG)).toList();
    this.ends = List.copyOf(ends);
    this.listener = listener;
  }

  /** Takes the next piece of the raw reply. */
  public void append(String piece) {
    waiting.append(piece);
    StringBuilder readable = new StringBuilder();
    int at = 0;
    while (at < waiting.length() && !mayBecomeMark(at)) {
      at += take(at, readable);
    }
    waiting.delete(0, at);
    show(readable);
  }

  /** Ends the reply and returns the whole readable text. */
  public String finish() {
    StringBuilder readable = new StringBuilder();
    int at = 0;
    while (at < waiting.length()) {
      at += take(at, readable);
    }
    waiting.setLength(0);
    show(readable);
    return shown.toString();
  }

  /** Takes a mark or a character from the waiting text, and returns how long it was. */
  private int take(int at, StringBuilder readable) {
    ended |= ends.stream().anyMatch(end -> startsWith(end, at));
    if (ended) {
      return waiting.length() - at;
    }
    if (startsWith(SEG, at)) {
      segments++;
      write("[" + segments + "]", readable);
      return SEG.length();
    }
    for (String mark : marks) {
      if (startsWith(mark, at)) {
        return mark.length();
      }
    }
    char c = waiting.charAt(at);
    if (Character.isWhitespace(c)) {
      white.append(c);
    } else {
      write(String.valueOf(c), readable);
    }
    return 1;
  }

  private void write(String words, StringBuilder readable) {
    boolean first = shown.isEmpty() && readable.isEmpty();
    if (!first && !white.isEmpty()) {
      String breaks = white.toString().replaceAll("[^\n]", "");
      readable.append(breaks.isEmpty() ? " " : breaks);
    }
    white.setLength(0);
    readable.append(words);
  }

  private boolean startsWith(String mark, int at) {
    return waiting.length() - at >= mark.length()
        && mark.contentEquals(waiting.subSequence(at, at + mark.length()));
  }

  /** Whether all that waits from a place on is the beginning of a mark, but not yet all of it. */
  private boolean mayBecomeMark(int at) {
    String rest = waiting.substring(at);
    return isBeginning(SEG, rest)
        || Stream.concat(marks.stream(), ends.stream()).anyMatch(mark -> isBeginning(mark, rest));
  }

  private static boolean isBeginning(String mark, String rest) {
    return mark.length() > rest.length() && mark.startsWith(rest);
  }

  private void show(StringBuilder readable) {
    if (!readable.isEmpty()) {
      shown.append(readable);
      listener.accept(readable.toString());
    }
  }
}
