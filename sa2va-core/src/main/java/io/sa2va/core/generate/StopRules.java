package io.sa2va.core.generate;

import java.util.List;
import java.util.OptionalInt;

/**
 * When a reply is complete: at the end-of-sequence token, or when its decoded text (special tokens
 * kept, line breaks left out) ends in a stop word. The second catches templates whose stop word is
 * no token of the vocabulary.
 *
 * @param endOfSequence the tokenizer's eos token
 * @param stopWords of the chat template, and those the caller added
 */
public record StopRules(OptionalInt endOfSequence, List<String> stopWords) {
  public StopRules {
    stopWords = List.copyOf(stopWords);
  }

  boolean stops(int token, CharSequence textWithoutLineBreaks) {
    return (endOfSequence.isPresent() && endOfSequence.getAsInt() == token)
        || endsInStopWord(textWithoutLineBreaks);
  }

  /** Whether a text ends in one of the stop words. */
  public boolean endsInStopWord(CharSequence text) {
    String tail = text.toString();
    return stopWords.stream().anyMatch(tail::endsWith);
  }
}
