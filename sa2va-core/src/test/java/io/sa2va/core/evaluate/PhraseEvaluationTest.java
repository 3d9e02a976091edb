package io.sa2va.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.EvaluationListener;
import io.sa2va.Mask;
import io.sa2va.core.data.AnnotatedPictures;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.error.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhraseEvaluationTest {
  private static final Mask LEFT = Rectangles.of(20, 30, 2, 11, 3, 12);
  private static final Mask RIGHT = Rectangles.of(20, 30, 0, 19, 15, 29);

  @TempDir private Path folder;

  @BeforeEach
  void writePicture() throws IOException {
    Files.createDirectory(folder.resolve("images"));
    Mask.empty(30, 20).writePng(folder.resolve("images/a.png"));
  }

  private AnnotatedPictures pictures(String annotations) throws IOException {
    Files.writeString(folder.resolve("annotations.json"), annotations);
    return new AnnotatedPictures(folder);
  }

  private AnnotatedPictures leftAndRight() throws IOException {
    return pictures(
        """
        [{"image": "a.png", "text": ["left box", "right box"],
          "mask": [[[3, 2, 13, 2, 13, 12, 3, 12]], [[15, 0, 30, 0, 30, 20, 15, 20]]]}]
        """);
  }

  private static ScoreSheet run(AnnotatedPictures pictures, Map<String, List<Mask>> drawn) {
    FakeModel model =
        new FakeModel(
            request -> {
              List<Mask> masks = drawn.get(request.prompt());
              return FakeModel.answer(
                  "[SEG]".repeat(masks.size()), masks.stream().map(List::of).toList());
            });
    return new PhraseEvaluation(pictures, 5)
        .run(model.asModel(), EvaluationListener.NONE, new Cancellation());
  }

  @Test
  void run_rightMasks_scoresOne() throws IOException {
    ScoreSheet report =
        run(
            leftAndRight(),
            Map.of(
                "Please segment the left box.",
                List.of(LEFT),
                "Please segment the right box.",
                List.of(RIGHT)));

    assertThat(report.value("cIoU", "all").getAsDouble()).isCloseTo(1, within(1e-9));
    assertThat(report.value("gIoU", "all").getAsDouble()).isCloseTo(1, within(1e-6));
    assertThat(report.worst()).isEmpty();
  }

  @Test
  void run_severalMasksOrNone_areTakenTogether() throws IOException {
    ScoreSheet report =
        run(
            leftAndRight(),
            Map.of(
                "Please segment the left box.",
                List.of(LEFT, RIGHT),
                "Please segment the right box.",
                List.of()));

    assertThat(report.value("cIoU", "all").getAsDouble())
        .isCloseTo(100.0 / (400 + 300), within(1e-9));
    assertThat(report.value("gIoU", "all").getAsDouble()).isCloseTo(0.125, within(1e-6));
    assertThat(report.worst()).extracting(WorstCase::score).containsExactly(0.0, 0.25);
  }

  @Test
  void run_brokenRecord_namesIt() throws IOException {
    AnnotatedPictures pictures =
        pictures("[{\"image\": \"b.png\", \"text\": [\"x\"], \"mask\": [[]]}]");

    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> run(pictures, Map.of()))
        .withMessageContainingAll("annotations.json: record 0, image", "b.png");
  }

  @Test
  void open_noPictures_isRefused() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> pictures("[]"))
        .withMessageContaining("no records");
  }

  @Test
  void run_cancellation_goesWithEveryRequest() throws IOException {
    Cancellation cancellation = new Cancellation();
    AnnotatedPictures pictures = leftAndRight();
    FakeModel model =
        new FakeModel(
            request -> {
              assertThat(request.cancellation()).isSameAs(cancellation);
              return Answer.builder().build();
            });

    new PhraseEvaluation(pictures, 0).run(model.asModel(), EvaluationListener.NONE, cancellation);

    assertThat(model.asked()).hasSize(2);
  }
}
