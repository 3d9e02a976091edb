package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.ChatRequest;
import io.sa2va.DType;
import io.sa2va.FinishReason;
import io.sa2va.GenerationOptions;
import io.sa2va.Image;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.core.testing.DrawnVideo;
import io.sa2va.core.testing.FixtureCase;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.error.CancelledException;
import io.sa2va.torch.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {
  private static final String FAMILY = "qwen2";

  private static Sa2VA model;
  private static Image image;

  @BeforeAll
  static void load() {
    model = FixtureModel.load(FAMILY);
    image = FixtureCase.image(FAMILY);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Answer chat(String prompt, Consumer<GenerationOptions.Builder> options) {
    return model.chat(request -> request.image(image).prompt(prompt).generation(options));
  }

  @Test
  void chat_oneNewToken_isTheFirst() {
    Answer whole = model.chat(image, "What is in the image?");
    Answer cut = chat("What is in the image?", options -> options.maxNewTokens(1));
    assertThat(cut.tokens()).containsExactly(whole.tokens().get(0));
    assertThat(cut.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(cut.text()).isEqualTo("A");
  }

  @Test
  void chat_cutRightOnSeg_hasNoMask() {
    List<Integer> whole = model.chat(image, "Please segment the cat and the dog.").tokens();
    int seg =
        TokenizerReader.read(Golden.folder(FAMILY).resolve("checkpoint"))
            .idOf("[SEG]")
            .orElseThrow();
    assertThat(whole).contains(seg);
    for (int length = 1; length <= whole.size(); length++) {
      int limit = length;
      Answer cut =
          chat("Please segment the cat and the dog.", options -> options.maxNewTokens(limit));
      assertThat(cut.tokens()).isEqualTo(whole.subList(0, length));
      long followed =
          cut.tokens().subList(0, length - 1).stream().filter(token -> token == seg).count();
      assertThat(cut.segments()).as("%d tokens", length).hasSize((int) followed);
    }
  }

  @Test
  void chat_sampledWithOneSeed_isRepeatable() {
    Consumer<GenerationOptions.Builder> hot =
        options -> options.temperature(2).seed(5).maxNewTokens(20);
    assertThat(chat("What is in the image?", hot).tokens())
        .isEqualTo(chat("What is in the image?", hot).tokens());
  }

  @Test
  void chat_sampledWithOtherSeeds_differsSometimes() {
    long different =
        LongStream.range(0, 5)
            .mapToObj(
                seed ->
                    chat(
                            "What is in the image?",
                            options -> options.temperature(5).seed(seed).maxNewTokens(8))
                        .tokens())
            .distinct()
            .count();
    assertThat(different).isGreaterThan(1);
  }

  @Test
  void chat_topKOfOne_isGreedy() {
    assertThat(chat("What is in the image?", options -> options.temperature(100).topK(1)).tokens())
        .isEqualTo(model.chat(image, "What is in the image?").tokens());
  }

  @ParameterizedTest
  @ValueSource(strings = {" on", "circle on", "d c", "A red circle on", "e"})
  void chat_stopWord_endsBeforeIt(String word) {
    Answer answer =
        chat("What is in the image?", options -> options.stopWords(List.of("nowhere", word)));
    String whole = "A red circle on the left.";
    assertThat(answer.text()).isEqualTo(whole.substring(0, whole.indexOf(word)).strip());
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(answer.rawText()).contains(word).doesNotContain("<|im_end|>");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void chat_anyTokens_streamsThePiecesOfItsText(long seed) {
    List<String> pieces = new ArrayList<>();
    Answer answer =
        model.chat(
            request ->
                request
                    .image(image)
                    .prompt("Please segment the cat and the dog.")
                    .onText(pieces::add)
                    .generation(o -> o.temperature(100).seed(seed).maxNewTokens(60)));
    assertThat(String.join("", pieces)).isEqualTo(answer.text());
    assertThat(answer.text()).doesNotContain("<|", "[SEG]").isEqualTo(answer.text().strip());
  }

  @Test
  void chat_reply_streamsMoreThanOnePiece() {
    List<String> pieces = new ArrayList<>();
    model.chat(r -> r.image(image).prompt("What is in the image?").onText(pieces::add));
    assertThat(pieces).hasSizeGreaterThan(3);
    assertThat(String.join("", pieces)).isEqualTo("A red circle on the left.");
  }

  @Test
  void chat_cancelledByListener_answersWithWhatThereWas() {
    Cancellation cancellation = new Cancellation();
    Answer answer =
        model.chat(
            request ->
                request
                    .image(image)
                    .prompt("Please segment the cat and the dog.")
                    .cancellation(cancellation)
                    .onText(piece -> cancellation.cancel()));
    assertThat(answer.finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(answer.text()).isEqualTo("Sure");
    assertThat(answer.segments()).isEmpty();
  }

  @Test
  @Timeout(60)
  void chat_cancelledFromAnotherThread_ends() throws Exception {
    Cancellation cancellation = new Cancellation();
    CountDownLatch writing = new CountDownLatch(1);
    Thread canceller =
        new Thread(
            () -> {
              try {
                writing.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              cancellation.cancel();
            });
    canceller.start();
    Answer answer =
        model.chat(
            request ->
                request
                    .image(image)
                    .prompt("What is in the image?")
                    .cancellation(cancellation)
                    .onText(piece -> writing.countDown())
                    .generation(o -> o.temperature(100).maxNewTokens(3000)));
    canceller.join();
    assertThat(answer.finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(answer.tokens()).isNotEmpty().hasSizeLessThan(3000);
  }

  @Test
  void chat_cancelledAmidVideo_hasMasksOfTheFramesBefore() {
    Cancellation cancellation = new Cancellation();
    DrawnVideo video =
        new DrawnVideo(
            12,
            96,
            64,
            frame -> {
              if (frame == 8) {
                cancellation.cancel();
              }
            });
    Answer answer =
        model.chat(
            request ->
                request.video(video).prompt("Please segment the girl.").cancellation(cancellation));
    assertThat(answer.finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(answer.frameCount()).isEqualTo(12);
    assertThat(answer.segments()).hasSize(1);
    assertThat(answer.segments().get(0).masks()).hasSize(9);
    assertThat(video.read()).doesNotContain(9, 10, 11);
  }

  @Test
  void chat_cancelledBeforeItBegins_throwsAndReadsNothing() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    DrawnVideo video = new DrawnVideo(9, 96, 64);
    ChatRequest request =
        ChatRequest.builder().video(video).prompt("What?").cancellation(cancellation).build();
    long objects = NativeMemory.liveObjects();
    assertThatThrownBy(() -> model.chat(request)).isInstanceOf(CancelledException.class);
    assertThat(video.read()).isEmpty();
    assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void chat_shortType_answersAlike(DType dtype) {
    Answer exact = model.chat(image, "Please segment the cat and the dog.");
    try (Sa2VA rounded =
        Sa2VA.load(Golden.folder(FAMILY).resolve("checkpoint"), o -> o.dtype(dtype).threads(1))) {
      assertThat(rounded.info().dtype()).isEqualTo(dtype);
      Answer answer = rounded.chat(image, "Please segment the cat and the dog.");
      assertThat(answer.text()).isEqualTo(exact.text());
      for (Segment segment : answer.segments()) {
        assertThat(segment.mask().iou(exact.segments().get(segment.index()).mask()))
            .isGreaterThan(0.9);
      }
      Answer video = rounded.chat(new DrawnVideo(7, 96, 64), "Please segment the girl.");
      assertThat(video.segments().get(0).masks()).hasSize(7);
    }
  }

  @Test
  void chat_withoutKeepLogits_hasNone() {
    Answer answer = model.chat(image, "Please segment the red circle.");
    assertThat(answer.segments().get(0).logits()).isEmpty();
  }

  @Test
  void close_fromOwnRequest_isRefusedInsteadOfWaitingForItself() {
    assertThatThrownBy(
            () ->
                model.chat(
                    request ->
                        request
                            .image(image)
                            .prompt("What is in the image?")
                            .onText(piece -> model.close())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("afterwards");
    assertThat(model.chat("What is 3.14?").text()).isEqualTo("It is 3.14.");
  }

  @Test
  void chat_closedModel_isRefused() {
    Sa2VA closed = FixtureModel.load(FAMILY);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.chat("What?"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
