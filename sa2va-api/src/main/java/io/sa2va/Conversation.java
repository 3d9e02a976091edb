package io.sa2va;

import io.sa2va.error.InvalidRequestException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Questions and answers about one picture or video, each turn knowing those before.
 *
 * <p>Not thread-safe: use one conversation from one thread at a time. Several conversations may use
 * the same model at once.
 */
public interface Conversation extends AutoCloseable {
  /**
   * Asks the next question.
   *
   * @param request the question and this turn's options; its picture or video must be absent, they
   *     belong to the conversation
   * @return the answer
   * @throws InvalidRequestException if the request brings a picture or video of its own
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when there is no answer; the turn
   *     then does not count and the conversation can go on
   */
  Answer ask(ChatRequest request);

  /**
   * Asks the next question.
   *
   * @param prompt the question or instruction
   * @return the answer
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when there is no answer
   */
  default Answer ask(String prompt) {
    return ask(ChatRequest.builder().prompt(prompt).build());
  }

  /**
   * Asks the next question with options for this turn.
   *
   * @param prompt the question or instruction
   * @param options sets this turn's options
   * @return the answer
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when there is no answer
   */
  default Answer ask(String prompt, Consumer<ChatRequest.Builder> options) {
    ChatRequest.Builder request = ChatRequest.builder().prompt(prompt);
    options.accept(request);
    return ask(request.build());
  }

  /**
   * The answers so far, oldest first.
   *
   * @return an unmodifiable snapshot
   */
  List<Answer> turns();

  /** Frees the conversation's memory; the model stays loaded. Closing twice does nothing. */
  @Override
  void close();
}
