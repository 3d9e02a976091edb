package io.sa2va.core.evaluate;

import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.ChatRequest;
import io.sa2va.FinishReason;
import io.sa2va.Sa2VA;
import io.sa2va.error.CancelledException;

/** Asks a model until it is cancelled. */
record Interview(Sa2VA model, Cancellation cancellation) {
  /**
   * Asks one question.
   *
   * @param subject what it is about, for the message
   * @throws CancelledException if the answer is not all there
   */
  Answer ask(ChatRequest request, String subject) {
    Answer answer = model.chat(request.toBuilder().cancellation(cancellation).build());
    if (answer.finishReason() == FinishReason.CANCELLED) {
      throw new CancelledException("the evaluation was cancelled at " + subject);
    }
    return answer;
  }
}
