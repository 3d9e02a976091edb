package io.sa2va.core.engine;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Conversation;
import io.sa2va.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;

/** The turns of one dialogue. */
final class EngineConversation implements Conversation {
  private final ModelHold hold;
  private final LoadedModel model;
  private final Dialogue dialogue;
  private final List<Answer> turns = new ArrayList<>();
  private boolean open = true;

  EngineConversation(ModelHold hold, LoadedModel model, Subject subject) {
    this.hold = hold;
    this.model = model;
    this.dialogue = new Dialogue(model, subject);
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
    Answer answer = hold.goOn(model, () -> dialogue.ask(request));
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
