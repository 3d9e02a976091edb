package io.sa2va.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Mask;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the fixtures on the command line, against the reference's answers. */
class ChatParityTest {
  @TempDir private Path temporary;

  static Stream<FixtureCase> cases() {
    return Stream.of("qwen2", "qwen2-rms").flatMap(family -> FixtureCase.all(family).stream());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void chat_case_writesWhatTheReferenceSays(FixtureCase fixture) throws IOException {
    Path out = temporary.resolve("new/out");
    List<String> arguments = new ArrayList<>(fixture.arguments(temporary));
    arguments.addAll(List.of("--out", out.toString()));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    WrittenAnswer answer = WrittenAnswer.in(out);
    answer.assertSound("");
    assertThat(run.out().strip()).isEqualTo(answer.json().get("text").asText());
    assertThat(answer.json().get("raw_text").asText()).isEqualTo(fixture.prediction());
    assertReference(answer, fixture);
  }

  private static void assertReference(WrittenAnswer answer, FixtureCase fixture) {
    try (SafetensorsFile golden = SafetensorsFile.open(fixture.golden());
        TensorScope scope = TensorScope.open()) {
      assertThat(answer.tokens())
          .containsExactly(
              Arrays.stream(golden.tensor(fixture.name() + ".output_ids").toLongArray())
                  .mapToObj(Math::toIntExact)
                  .toArray(Integer[]::new));
      if (golden.tensors().containsKey(fixture.name() + ".mask_bits")) {
        assertMasks(answer, golden.tensor(fixture.name() + ".mask_bits"));
      } else {
        assertThat(answer.segments()).isZero();
      }
    }
  }

  /**
   * @param expected (objects, frames, H, bytes of a packed row)
   */
  private static void assertMasks(WrittenAnswer answer, Tensor expected) {
    int width = answer.json().get("width").asInt();
    int height = answer.json().get("height").asInt();
    assertThat(answer.segments()).isEqualTo((int) expected.size(0));
    for (int segment = 0; segment < expected.size(0); segment++) {
      for (int frame = 0; frame < expected.size(1); frame++) {
        Tensor rows = expected.select(0, segment).select(0, frame).contiguous();
        Mask reference = Mask.ofPackedRows(width, height, rows.toByteArray());
        assertThat(answer.mask(segment, frame).iou(reference))
            .as("object %d, frame %d", segment, frame)
            .isGreaterThanOrEqualTo(0.999);
      }
    }
  }
}
