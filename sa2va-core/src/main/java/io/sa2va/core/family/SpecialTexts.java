package io.sa2va.core.family;

import io.sa2va.core.text.Tokenizer;
import io.sa2va.error.ModelConfigException;
import java.util.ArrayList;
import java.util.List;

/** Tokens that a family looks up by name. */
public final class SpecialTexts {
  private SpecialTexts() {}

  /**
   * The id of a token that the model cannot do without.
   *
   * @throws ModelConfigException if the tokenizer has none of that name
   */
  public static int requiredId(Tokenizer tokenizer, String token) {
    return tokenizer
        .idOf(token)
        .orElseThrow(
            () ->
                new ModelConfigException(
                    "the tokenizer has no token \""
                        + token
                        + "\"; check that its files belong to a Sa2VA checkpoint"));
  }

  /** What readable text leaves out: special tokens, phrase marks, and the template's stop words. */
  public static List<String> marks(Tokenizer tokenizer, ChatTemplate template) {
    List<String> marks = new ArrayList<>(List.of("<p>", "</p>"));
    marks.addAll(template.stopWords());
    for (int id = 0; id < tokenizer.vocabularySize(); id++) {
      if (tokenizer.isSpecial(id)) {
        marks.add(tokenizer.tokenOf(id));
      }
    }
    return List.copyOf(marks);
  }
}
