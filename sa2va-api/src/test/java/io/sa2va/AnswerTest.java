package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Mask FIRST = Masks.where(2, 2, (x, y) -> x == 0);
  private static final Mask SECOND = Masks.where(2, 2, (x, y) -> x == 1);

  @Test
  void build_listsChangedLater_doNotChangeTheAnswer() {
    List<Integer> tokens = new ArrayList<>(List.of(1, 2));
    Answer answer =
        Answer.builder()
            .text("Sure, [1].")
            .rawText("Sure, [SEG].<|im_end|>")
            .tokens(tokens)
            .segments(List.of(Segment.builder().build()))
            .size(2, 2)
            .frameCount(1)
            .finishReason(FinishReason.LENGTH)
            .build();
    tokens.add(3);
    assertThat(answer.tokens()).containsExactly(1, 2);
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(answer).hasToString("Answer[text=Sure, [1]., segments=1]");
  }

  @Test
  void mask_frames_areInOrder() {
    Segment segment = Segment.builder().index(3).masks(List.of(FIRST, SECOND)).build();
    assertThat(segment.mask()).isEqualTo(FIRST);
    assertThat(segment.mask(1)).isEqualTo(SECOND);
    assertThat(segment.masks()).containsExactly(FIRST, SECOND);
    assertThat(segment.phrase()).isNull();
  }

  @Test
  void mask_noSuchFrame_saysHowManyThereAre() {
    Segment segment = Segment.builder().index(3).masks(List.of(FIRST)).build();
    assertThatThrownBy(() -> segment.mask(1))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("segment 3")
        .hasMessageContaining("frame 1");
    assertThatThrownBy(() -> segment.mask(-1)).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> segment.logits(0))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("logits");
  }

  @Test
  void logits_above_cutsWhereAsked() {
    float[] values = {-1, 0, 0.5f, 3};
    MaskLogits logits = MaskLogits.of(2, 2, values);
    values[3] = -9;
    assertThat(logits.get(1, 1)).isEqualTo(3);
    assertThat(logits.above(0)).isEqualTo(Masks.where(2, 2, (x, y) -> y == 1));
    assertThat(logits.above(1).area()).isEqualTo(1);
    assertThat(logits.probability(1, 0)).isEqualTo(0.5);
    assertThatThrownBy(() -> logits.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> MaskLogits.of(2, 2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void box_emptyOrOutside_isRefused() {
    assertThatThrownBy(() -> new Box(0, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Box(-1, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(-1, 0) 1x1");
  }

  @Test
  void modelInfo_missingField_isNamed() {
    ModelInfo.Builder builder = ModelInfo.builder().name("n").family("f").dtype(DType.FLOAT32);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("device");
    assertThat(builder.device(Device.CPU).contextLength(8).build().contextLength()).isEqualTo(8);
  }
}
