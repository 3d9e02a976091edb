package io.sa2va.core.data;

import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Conversations as LLaVA's data sets write them: {@code [{"from": "human", "value": …}, {"from":
 * "gpt", "value": …}, …]}. Answers before the first question and a question without answer are left
 * out; several questions before an answer are joined.
 */
final class ConversationField {
  private ConversationField() {}

  /**
   * Reads the turns.
   *
   * @param cleaning of each question and answer
   * @throws BrokenRecordException if there is no question with an answer, or somebody else speaks
   */
  static List<Turn> read(DataRecord field, UnaryOperator<String> cleaning) {
    List<Turn> turns = new ArrayList<>();
    StringBuilder question = new StringBuilder();
    for (DataRecord message : field.list()) {
      String text = cleaning.apply(message.text("value"));
      switch (message.text("from")) {
        case "human" -> question.append(text);
        case "gpt" -> {
          if (!question.isEmpty()) {
            turns.add(new Turn(question.toString(), text));
            question.setLength(0);
          }
        }
        default -> throw message.get("from").broken("should be \"human\" or \"gpt\"");
      }
    }
    if (turns.isEmpty()) {
      throw field.broken("has no question with an answer");
    }
    return turns;
  }
}
