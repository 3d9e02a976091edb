package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Answer;
import io.sa2va.FinishReason;
import io.sa2va.Mask;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.core.testing.FixtureCase;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.core.testing.Golden;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the fixtures, through the public interface, against the reference's answers. */
class FixtureParityTest {
  private static final Map<String, Sa2VA> MODELS = new HashMap<>();

  static Stream<FixtureCase> cases() {
    return Stream.of("qwen2", "qwen2-rms").flatMap(family -> FixtureCase.all(family).stream());
  }

  @AfterAll
  static void close() {
    MODELS.values().forEach(Sa2VA::close);
    MODELS.clear();
  }

  private static Sa2VA model(String family) {
    return MODELS.computeIfAbsent(family, FixtureModel::load);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void chat_case_answersAsTheReference(FixtureCase fixture) {
    Answer answer = model(fixture.family()).chat(fixture.request().keepLogits(true).build());
    assertThat(answer.rawText()).isEqualTo(fixture.prediction());
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    try (Golden golden = Golden.of(fixture.family());
        TensorScope scope = TensorScope.open()) {
      assertThat(answer.tokens())
          .containsExactly(
              Arrays.stream(golden.tensor(fixture.name() + ".output_ids").toLongArray())
                  .mapToObj(Math::toIntExact)
                  .toArray(Integer[]::new));
      if (golden.has(fixture.name() + ".mask_bits")) {
        assertMasks(answer, golden.tensor(fixture.name() + ".mask_bits"));
      } else {
        assertThat(answer.segments()).isEmpty();
      }
    }
  }

  /**
   * @param expected (objects, frames, H, bytes of a packed row)
   */
  private static void assertMasks(Answer answer, Tensor expected) {
    assertThat(answer.segments()).hasSize((int) expected.size(0));
    assertThat(answer.frameCount()).isEqualTo((int) expected.size(1));
    for (Segment segment : answer.segments()) {
      assertThat(segment.masks()).hasSize(answer.frameCount());
      for (int frame = 0; frame < answer.frameCount(); frame++) {
        Tensor rows = expected.select(0, segment.index()).select(0, frame).contiguous();
        Mask reference = Mask.ofPackedRows(answer.width(), answer.height(), rows.toByteArray());
        assertThat(segment.mask(frame).iou(reference))
            .as("object %d, frame %d", segment.index(), frame)
            .isGreaterThanOrEqualTo(0.999);
        assertThat(segment.logits(frame).above(0)).isEqualTo(segment.mask(frame));
      }
    }
  }
}
