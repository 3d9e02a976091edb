package io.sa2va.core.generate;

import java.util.List;
import java.util.OptionalInt;

/**
 * When a reply is complete: at the end-of-sequence token, when its decoded text (special tokens
 * kept, line breaks left out) ends in a stop word of the chat template, or when a word of the
 * caller's is in it. The second catches templates whose stop word is no token of the vocabulary.
 *
 * @param endOfSequence the tokenizer's eos token
 * @param templateWords the chat template's
 * @param callerWords those of the request
 */
public record StopRules(
    OptionalInt endOfSequence, List<String> templateWords, List<String> callerWords) {
  public StopRules {
    templateWords = List.copyOf(templateWords);
    callerWords = List.copyOf(callerWords);
  }

  boolean stops(int token, String text) {
    return (endOfSequence.isPresent() && endOfSequence.getAsInt() == token)
        || endsInTemplateWord(text.replace("\n", "").replace("\r", ""))
        || callerWords.stream().anyMatch(text::contains);
  }

  private boolean endsInTemplateWord(String textWithoutLineBreaks) {
    return templateWords.stream().anyMatch(textWithoutLineBreaks::endsWith);
  }
}
