package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Cancellation;
import io.sa2va.ChatRequest;
import io.sa2va.Conversation;
import io.sa2va.Mask;
import io.sa2va.Sa2VA;
import io.sa2va.core.testing.DrawnVideo;
import io.sa2va.core.testing.FixtureCase;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.core.testing.ResidentMemory;
import io.sa2va.error.CancelledException;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.PromptTooLongException;
import io.sa2va.torch.NativeMemory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final String FAMILY = "qwen2";
  private static final ChatRequest PICTURE = FixtureCase.of(FAMILY, "image_two").request().build();

  /** Long enough to track frames behind the five key frames. */
  private static final ChatRequest VIDEO =
      ChatRequest.builder()
          .video(new DrawnVideo(8, 181, 120))
          .prompt("Please segment the girl.")
          .build();

  @Test
  void chat_twentyTimes_leavesNoNativeObject() {
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      chat(model, 10);
      long objects = NativeMemory.liveObjects();
      chat(model, 10);
      assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
    }
  }

  @Test
  @Tag("slow")
  void chat_twoHundredTimes_neitherObjectsNorResidentMemoryGrow() {
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      chat(model, 10);
      long objects = NativeMemory.liveObjects();
      long resident = ResidentMemory.settledBytes();
      chat(model, 200);
      assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
      assertThat(ResidentMemory.settledBytes()).isLessThan(resident + resident / 20);
    }
  }

  @Test
  void close_afterRequestsOfAllKinds_freesAll() {
    long before = NativeMemory.liveObjects();
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      long loaded = NativeMemory.liveObjects();
      assertThat(loaded).isGreaterThan(before);
      model.chat("What is 3.14?");
      converse(model);
      cancel(model);
      fail(model);
      assertThat(NativeMemory.liveObjects()).isEqualTo(loaded);
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  private static void chat(Sa2VA model, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(model.chat(i % 2 == 0 ? PICTURE : VIDEO).segments()).isNotEmpty();
    }
  }

  private static void converse(Sa2VA model) {
    try (Conversation conversation = model.converse(FixtureCase.image(FAMILY))) {
      conversation.ask("Please segment the red circle.");
      conversation.ask("What is in the image?");
      assertThatThrownBy(() -> conversation.ask("a ".repeat(5000)))
          .isInstanceOf(PromptTooLongException.class);
    }
    try (Conversation conversation = model.converse(new DrawnVideo(7, 60, 40))) {
      conversation.ask("Please segment the girl.");
      conversation.ask("Please segment the girl.");
    }
  }

  private static void cancel(Sa2VA model) {
    Cancellation before = new Cancellation();
    before.cancel();
    assertThatThrownBy(() -> model.chat(PICTURE.toBuilder().cancellation(before).build()))
        .isInstanceOf(CancelledException.class);
    Cancellation amid = new Cancellation();
    model.chat(PICTURE.toBuilder().cancellation(amid).onText(piece -> amid.cancel()).build());
    Cancellation onFrame = new Cancellation();
    DrawnVideo video = new DrawnVideo(9, 60, 40, frame -> cancelAt(onFrame, frame));
    model.chat(
        ChatRequest.builder()
            .video(video)
            .prompt("Please segment the girl.")
            .cancellation(onFrame)
            .build());
  }

  private static void cancelAt(Cancellation cancellation, int frame) {
    if (frame == 6) {
      cancellation.cancel();
    }
  }

  private static void fail(Sa2VA model) {
    IllegalStateException failure = new IllegalStateException("on purpose");
    assertThatThrownBy(
            () -> model.chat(PICTURE.toBuilder().onText(piece -> throwIf(true, failure)).build()))
        .isSameAs(failure);
    assertThatThrownBy(
            () ->
                model.chat(
                    new DrawnVideo(9, 60, 40, frame -> throwIf(frame == 7, failure)),
                    "Please segment the girl."))
        .isSameAs(failure);
    assertThatThrownBy(
            () -> model.chat(FixtureCase.image(FAMILY), "What are <image> and <IMG_CONTEXT>?"))
        .isInstanceOf(InvalidRequestException.class);
    try (Conversation conversation = model.converse(FixtureCase.image(FAMILY))) {
      Mask small = Mask.empty(2, 2).inverse();
      assertThatThrownBy(() -> conversation.ask("region1?", request -> request.region(small)))
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  private static void throwIf(boolean wanted, RuntimeException failure) {
    if (wanted) {
      throw failure;
    }
  }
}
