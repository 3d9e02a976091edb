package io.sa2va.core.engine;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Conversation;
import io.sa2va.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;

/** The turns of one dialogue. */
final class EngineConversation implements Conversation {
  private final Sa2VAEngine engine;
  private final Dialogue dialogue;
  private final List<Answer> turns = new ArrayList<>();
  private boolean open = true;

  EngineConversation(Sa2VAEngine engine, Dialogue dialogue) {
    this.engine = engine;
    this.dialogue = dialogue;
  }

  @Override
  public Answer ask(ChatRequest request) {
    if (!open) {
      throw new IllegalStateException("the conversation was closed");
    }
    if (request.image() != null || request.video() != null) {
      throw new InvalidRequestException(
          "a turn cannot bring a picture or video of its own: start another conversation about it");
    }
    Answer answer = engine.whileOpen(() -> dialogue.ask(request));
    turns.add(answer);
    return answer;
  }

  @Override
  public List<Answer> turns() {
    return List.copyOf(turns);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      dialogue.close();
    }
  }
}
