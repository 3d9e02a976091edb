package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.Conversation;
import io.sa2va.FinishReason;
import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.core.testing.DrawnVideo;
import io.sa2va.core.testing.FixtureCase;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.PromptTooLongException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
  private static final String FAMILY = "qwen2";
  private static final List<String> PROMPTS =
      List.of(
          "Please segment the cat and the dog.",
          "What is in the image?",
          "Please segment the red circle.",
          "Why?");

  private static Sa2VA model;
  private static WholePrompt whole;

  @BeforeAll
  static void load() {
    model = FixtureModel.load(FAMILY);
    whole = new WholePrompt(FAMILY);
  }

  @AfterAll
  static void close() {
    model.close();
    whole.close();
  }

  @Test
  void ask_turnsAboutPicture_writeWhatOnePromptWould() {
    Image image = FixtureCase.image(FAMILY);
    try (Conversation conversation = model.converse(image)) {
      WholePrompt.Dialogue expected = whole.about(image, List.of());
      for (String prompt : PROMPTS) {
        assertThat(conversation.ask(prompt).tokens()).isEqualTo(expected.ask(prompt));
      }
      assertThat(conversation.turns()).hasSize(PROMPTS.size());
    }
  }

  @Test
  void ask_turnsAboutVideo_writeWhatOnePromptWould() {
    DrawnVideo video = new DrawnVideo(6, 96, 64);
    try (Conversation conversation = model.converse(video)) {
      WholePrompt.Dialogue expected = whole.about(video, List.of(0, 1, 2, 3, 4));
      for (String prompt : List.of("Please segment the girl.", "What is the atmosphere?", "More")) {
        assertThat(conversation.ask(prompt).tokens()).isEqualTo(expected.ask(prompt));
      }
    }
  }

  @Test
  void ask_turnsWithoutPicture_writeWhatOnePromptWould() {
    try (Conversation conversation = model.converse()) {
      WholePrompt.Dialogue expected = whole.aboutNothing();
      for (String prompt : List.of("What is 3.14?", "And 2.71?", "What is 3.14?")) {
        assertThat(conversation.ask(prompt).tokens()).isEqualTo(expected.ask(prompt));
      }
    }
  }

  @Test
  void ask_regionsInFirstTurn_areKnownInTheNext() {
    Image image = FixtureCase.image(FAMILY);
    List<Mask> regions = FixtureCase.regions(FAMILY);
    try (Conversation conversation = model.converse(image)) {
      WholePrompt.Dialogue expected = whole.about(image, regions);
      assertThat(conversation.ask("Please describe region1.", r -> r.regions(regions)).tokens())
          .isEqualTo(expected.ask("Please describe region1."));
      assertThat(conversation.ask("Please describe region2.").tokens())
          .isEqualTo(expected.ask("Please describe region2."));
    }
  }

  /** Each ends without the template's suffix, which the next turn then puts in. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6})
  void ask_afterReplyThatWasCut_writesWhatOnePromptWould(int tokens) {
    Image image = FixtureCase.image(FAMILY);
    try (Conversation conversation = model.converse(image)) {
      WholePrompt.Dialogue expected = whole.about(image, List.of());
      Answer cut = conversation.ask(PROMPTS.get(0), r -> r.generation(g -> g.maxNewTokens(tokens)));
      assertThat(cut.finishReason()).isEqualTo(FinishReason.LENGTH);
      expected.add(PROMPTS.get(0), cut.tokens());
      assertThat(conversation.ask(PROMPTS.get(1)).tokens()).isEqualTo(expected.ask(PROMPTS.get(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void ask_afterReplyThatWasCancelled_writesWhatOnePromptWould(int pieces) {
    Image image = FixtureCase.image(FAMILY);
    try (Conversation conversation = model.converse(image)) {
      WholePrompt.Dialogue expected = whole.about(image, List.of());
      for (String prompt : PROMPTS) {
        Answer cancelled = askAndCancel(conversation, prompt, pieces);
        assertThat(cancelled.finishReason()).isEqualTo(FinishReason.CANCELLED);
        expected.add(prompt, cancelled.tokens());
        assertThat(conversation.ask("Why?").tokens()).isEqualTo(expected.ask("Why?"));
      }
    }
  }

  private static Answer askAndCancel(Conversation conversation, String prompt, int pieces) {
    Cancellation cancellation = new Cancellation();
    AtomicInteger seen = new AtomicInteger();
    return conversation.ask(
        prompt,
        request ->
            request
                .cancellation(cancellation)
                .onText(
                    piece -> {
                      if (seen.incrementAndGet() == pieces) {
                        cancellation.cancel();
                      }
                    }));
  }

  @Test
  void ask_afterCallersStopWord_writesWhatOnePromptWould() {
    Image image = FixtureCase.image(FAMILY);
    try (Conversation conversation = model.converse(image)) {
      WholePrompt.Dialogue expected = whole.about(image, List.of());
      Answer stopped =
          conversation.ask(PROMPTS.get(1), r -> r.generation(g -> g.stopWords(List.of(" circle"))));
      assertThat(stopped.text()).isEqualTo("A red");
      expected.add(PROMPTS.get(1), stopped.tokens());
      assertThat(conversation.ask(PROMPTS.get(0)).tokens()).isEqualTo(expected.ask(PROMPTS.get(0)));
    }
  }

  @Test
  void ask_afterFailedTurns_goesOnAsIfTheyHadNotBeen() {
    Image image = FixtureCase.image(FAMILY);
    try (Conversation conversation = model.converse(image)) {
      WholePrompt.Dialogue expected = whole.about(image, List.of());
      for (String prompt : PROMPTS) {
        assertFails(conversation);
        assertThat(conversation.ask(prompt).tokens()).isEqualTo(expected.ask(prompt));
      }
      assertThat(conversation.turns()).hasSize(PROMPTS.size());
    }
  }

  private static void assertFails(Conversation conversation) {
    assertThatThrownBy(() -> conversation.ask("a ".repeat(5000)))
        .isInstanceOf(PromptTooLongException.class)
        .hasMessageContaining("4095");
    assertThatThrownBy(() -> conversation.ask("What is <IMG_CONTEXT>?"))
        .isInstanceOf(InvalidRequestException.class);
    IllegalStateException failure = new IllegalStateException("on purpose");
    assertThatThrownBy(
            () ->
                conversation.ask(
                    "Please segment the cat and the dog.",
                    request ->
                        request.onText(
                            piece -> {
                              throw failure;
                            })))
        .isSameAs(failure);
  }

  @Test
  void ask_followUpAboutVideo_readsNoKeyFrameAgain() {
    DrawnVideo video = new DrawnVideo(7, 96, 64);
    try (Conversation conversation = model.converse(video)) {
      Answer first = conversation.ask("Please segment the girl.");
      assertThat(video.read()).contains(0, 1, 2, 3, 4, 5, 6);
      int read = video.read().size();
      conversation.ask("What is the atmosphere?");
      Answer again = conversation.ask("Please segment the girl.");
      assertThat(again.segments()).hasSameSizeAs(first.segments());
      assertThat(video.read().subList(read, video.read().size())).containsOnly(5, 6);
    }
  }

  @Test
  void ask_sameThingTwice_givesSegmentsEachTime() {
    try (Conversation conversation = model.converse(FixtureCase.image(FAMILY))) {
      List<Answer> answers = new ArrayList<>();
      answers.add(conversation.ask(PROMPTS.get(2)));
      answers.add(conversation.ask(PROMPTS.get(2)));
      assertThat(conversation.turns()).isEqualTo(answers);
      for (Answer answer : answers) {
        assertThat(answer.segments()).hasSize(1);
        Segment segment = answer.segments().get(0);
        assertThat(segment.mask().width()).isEqualTo(answer.width());
      }
    }
  }

  @Test
  void ask_regionsInSecondTurn_isRefused() {
    try (Conversation conversation = model.converse(FixtureCase.image(FAMILY))) {
      conversation.ask("What is in the image?");
      List<Mask> regions = FixtureCase.regions(FAMILY);
      assertThatThrownBy(() -> conversation.ask("region1?", r -> r.regions(regions)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("first turn");
    }
  }

  @Test
  void ask_pictureInTurn_isRefused() {
    try (Conversation conversation = model.converse()) {
      assertThatThrownBy(() -> conversation.ask("What?", r -> r.image(FixtureCase.image(FAMILY))))
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  @Test
  void ask_closedConversation_isRefused() {
    Conversation conversation = model.converse();
    conversation.close();
    conversation.close();
    assertThatThrownBy(() -> conversation.ask("What?")).isInstanceOf(IllegalStateException.class);
  }
}
