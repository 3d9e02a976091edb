package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.error.InvalidRequestException;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {
  private static final Image IMAGE = Image.ofRgb(3, 2, new byte[18]);
  private static final Mask REGION = Masks.where(3, 2, (x, y) -> x == 1);

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void builder_promptOnly_hasTheUsualOptions() {
    ChatRequest request = ChatRequest.of(it -> it.prompt("Hello"));
    assertThat(request.prompt()).isEqualTo("Hello");
    assertThat(request.image()).isNull();
    assertThat(request.video()).isNull();
    assertThat(request.regions()).isEmpty();
    assertThat(request.generation()).isSameAs(GenerationOptions.defaults());
    assertThat(request.cancellation().isCancelled()).isFalse();
    assertThat(request.keyFrames()).isEqualTo(KeyFrames.modelDefault());
    assertThat(request.keepLogits()).isFalse();
  }

  @Test
  void toBuilder_everyValue_isKept() {
    Consumer<String> listener = piece -> {};
    ChatRequest request =
        ChatRequest.builder()
            .prompt("What is <vp>?")
            .image(IMAGE)
            .region(REGION)
            .generation(it -> it.maxNewTokens(7).seed(3))
            .generation(it -> it.topK(4))
            .onText(listener)
            .cancellation(new Cancellation())
            .keyFrames(KeyFrames.first(2))
            .keepLogits(true)
            .build();
    assertThat(request.generation().maxNewTokens()).isEqualTo(7);
    assertThat(request.generation().topK()).isEqualTo(4);
    assertThat(request.toBuilder().build()).usingRecursiveComparison().isEqualTo(request);
    assertThat(request.toBuilder().build().onText()).isSameAs(listener);
  }

  @Test
  void build_builderChangedLater_doesNotChangeTheRequest() {
    ChatRequest.Builder builder = ChatRequest.builder().prompt("p").image(IMAGE);
    ChatRequest request = builder.build();
    builder.region(REGION);
    assertThat(request.regions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void prompt_blank_isRefused(String prompt) {
    assertRefused(() -> ChatRequest.builder().prompt(prompt), "prompt");
  }

  @Test
  void build_noPrompt_isRefused() {
    assertRefused(() -> ChatRequest.builder().image(IMAGE).build(), "prompt");
  }

  @Test
  void build_imageAndVideo_isRefused() {
    Video video = Video.ofImages(List.of(IMAGE));
    assertRefused(
        () -> ChatRequest.builder().prompt("p").image(IMAGE).video(video).build(), "both");
  }

  @Test
  void build_regionOfAnotherSize_namesItAndBothSizes() {
    Mask other = Masks.where(4, 2, (x, y) -> true);
    assertRefused(
        () ->
            ChatRequest.builder().prompt("p").regions(List.of(REGION, other)).image(IMAGE).build(),
        "region 1",
        "3x2",
        "4x2");
  }

  @Test
  void region_empty_isRefused() {
    assertRefused(() -> ChatRequest.builder().region(Mask.empty(3, 2)), "region 0");
  }

  @Test
  void image_null_isRefusedAtOnce() {
    assertThatThrownBy(() -> ChatRequest.builder().image(nullImage()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("image");
  }

  @SuppressWarnings("NullAway") // What a careless Java caller does.
  private static Image nullImage() {
    return null;
  }

  @Test
  void generationOptions_outOfRange_namesFieldLimitAndValue() {
    GenerationOptions.Builder builder = GenerationOptions.builder();
    assertRefused(() -> builder.maxNewTokens(0), "maxNewTokens must be at least 1, but was 0");
    assertRefused(() -> builder.temperature(-0.1), "temperature", "0.0", "100.0", "-0.1");
    assertRefused(() -> builder.temperature(Double.NaN), "temperature", "NaN");
    assertRefused(() -> builder.topP(0), "topP must be above 0.0 and at most 1.0, but was 0.0");
    assertRefused(() -> builder.topP(1.5), "topP", "1.5");
    assertRefused(() -> builder.topK(-1), "topK", "-1");
    assertRefused(() -> builder.repetitionPenalty(0), "repetitionPenalty", "0.0");
    assertRefused(() -> builder.stopWords(List.of("end", "")), "stopWords");
  }

  @Test
  void generationOptions_toBuilder_keepsEveryValue() {
    GenerationOptions options =
        GenerationOptions.of(
            it ->
                it.maxNewTokens(5)
                    .temperature(0.7)
                    .topP(0.9)
                    .topK(40)
                    .repetitionPenalty(1.1)
                    .seed(-4)
                    .stopWords(List.of("</s>")));
    assertThat(options.toBuilder().build()).usingRecursiveComparison().isEqualTo(options);
    assertThat(options.temperature()).isEqualTo(0.7);
    assertThat(GenerationOptions.defaults().maxNewTokens()).isEqualTo(2048);
    assertThat(GenerationOptions.defaults().temperature()).isZero();
  }

  @Test
  void keyFrames_outOfRange_isRefused() {
    assertRefused(() -> KeyFrames.first(0), "at least 1", "0");
    assertRefused(() -> KeyFrames.uniform(-3), "at least 1", "-3");
    assertRefused(KeyFrames::of, "at least one frame");
    assertRefused(() -> KeyFrames.of(-1, 4), "-1");
    assertRefused(() -> KeyFrames.of(4, 2), "ascending", "[4, 2]");
    assertRefused(() -> KeyFrames.of(2, 2), "each once", "[2, 2]");
    assertThat(KeyFrames.of(0, 7)).isEqualTo(new KeyFrames.Listed(List.of(0, 7)));
  }

  @Test
  void cancel_token_staysCancelled() {
    Cancellation token = new Cancellation();
    token.cancel();
    token.cancel();
    assertThat(token.isCancelled()).isTrue();
  }
}
