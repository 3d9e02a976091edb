package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Cancellation;
import io.sa2va.TrainingListener;
import io.sa2va.TrainingOptions;
import io.sa2va.TrainingResult;
import io.sa2va.TrainingStep;
import io.sa2va.TrainingValidation;
import io.sa2va.error.CancelledException;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.torch.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private final TrainingFixture fixture = new TrainingFixture();
  @TempDir private Path folder;
  private List<Sample> known = List.of();

  /** Remembers what it is told, and cancels after a step. */
  private static final class Watcher implements TrainingListener {
    private final List<TrainingStep> steps = new ArrayList<>();
    private final List<TrainingValidation> validations = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private final long last;

    Watcher(long last) {
      this.last = last;
    }

    @Override
    public void onStep(TrainingStep step) {
      steps.add(step);
      if (step.step() == last) {
        cancellation.cancel();
      }
    }

    @Override
    public void onValidation(TrainingValidation validation) {
      validations.add(validation);
    }

    @Override
    public void onSkipped(String reason) {
      skipped.add(reason);
    }

    List<String> numbers() {
      return steps.stream()
          .map(s -> s.step() + " " + s.loss() + " " + s.learningRate() + " " + s.gradientNorm())
          .toList();
    }
  }

  /** The fixture's sample in five wordings; one may be broken, one has a [SEG] too many. */
  private static final class Wordings implements Dataset {
    private final List<Sample> samples;
    private final long broken;

    Wordings(List<Sample> samples, long broken) {
      this.samples = samples;
      this.broken = broken;
    }

    @Override
    public long size() {
      return samples.size();
    }

    @Override
    public Sample get(long index, RandomGenerator random) {
      if (index == broken) {
        throw new BrokenRecordException("words, record " + index + ": broken");
      }
      return samples.get((int) index);
    }
  }

  @BeforeEach
  void makeSamples() {
    Sample sample = fixture.sample();
    known =
        List.of(
            sample,
            reworded(sample, "Where is the red circle?", "[SEG]."),
            reworded(sample, "Segment the red circle.", "It is [SEG]."),
            new Sample(List.of(), List.of(), List.of(new Turn("Hello", "Hi.")), List.of()),
            reworded(sample, "The red circle, please.", "Sure, [SEG]."));
  }

  private static Sample reworded(Sample sample, String question, String answer) {
    List<Turn> turns = List.of(new Turn("<image>\n" + question, answer));
    return new Sample(sample.frames(), List.of(), turns, sample.objects().subList(0, 1));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static TrainingOptions.Builder options() {
    return TrainingOptions.builder()
        .steps(4)
        .batchSize(2)
        .accumulate(2)
        .learningRate(1e-3)
        .warmUp(0.25)
        .seed(11)
        .validateEvery(2)
        .saveEvery(2);
  }

  private TrainingResult train(
      Path out, DType dtype, TrainingOptions options, Dataset data, Watcher watcher) {
    try (TrainableModel model = fixture.model(dtype, 0.1);
        Trainer trainer =
            new Trainer(
                model,
                data,
                Optional.of(new Wordings(known.subList(0, 2), -1)),
                options,
                new RunFolder(out),
                watcher)) {
      if (Files.exists(new RunFolder(out).checkpoint())) {
        trainer.resume();
      }
      return trainer.run(watcher.cancellation);
    }
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** The second run ends in the middle of its last step: what is left is the state of step 2. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void run_killedAndResumed_hasTheSameLossesToTheLastBit(DType dtype) throws IOException {
    Dataset data = new Wordings(known, -1);
    Watcher whole = new Watcher(-1);
    train(folder("whole"), dtype, options().build(), data, whole);

    Path killed = folder("killed");
    Dataset failing = failingFrom(data, 13);
    Watcher before = new Watcher(-1);
    assertThatThrownBy(() -> train(killed, dtype, options().build(), failing, before))
        .isInstanceOf(IllegalStateException.class);
    assertThat(before.numbers()).isEqualTo(whole.numbers().subList(0, 3));
    Files.writeString(
        killed.resolve("log.jsonl"),
        Files.readString(killed.resolve("log.jsonl")) + "{\"step\":4,\"lo");

    Watcher after = new Watcher(-1);
    TrainingResult result = train(killed, dtype, options().build(), data, after);
    assertThat(after.numbers()).isEqualTo(whole.numbers().subList(2, 4));
    assertThat(after.validations).isEqualTo(whole.validations.subList(1, 2));
    assertThat(result).isEqualTo(new TrainingResult(4, false, 0));
    assertThat(stepsInLog(killed)).isEqualTo(stepsInLog(folder("whole")));
    assertThat(Files.readAllBytes(killed.resolve("checkpoint.safetensors")))
        .isEqualTo(Files.readAllBytes(folder("whole").resolve("checkpoint.safetensors")));
    assertThat(killed.resolve("loss.png")).isNotEmptyFile();
  }

  private static List<String> stepsInLog(Path out) throws IOException {
    return Files.readAllLines(out.resolve("log.jsonl")).stream()
        .map(line -> line.replaceAll(",\"samples_per_second.*", ""))
        .toList();
  }

  private static Dataset failingFrom(Dataset data, int call) {
    return new Dataset() {
      private int calls;

      @Override
      public long size() {
        return data.size();
      }

      @Override
      public Sample get(long index, RandomGenerator random) {
        if (++calls >= call) {
          throw new IllegalStateException("killed");
        }
        return data.get(index, random);
      }
    };
  }

  @Test
  void run_cancelled_savesWholeStepsAndGoesOn() throws IOException {
    Dataset data = new Wordings(known, -1);
    Watcher first = new Watcher(1);
    Path out = folder("run");
    assertThatThrownBy(() -> train(out, DType.FLOAT32, options().build(), data, first))
        .isInstanceOf(CancelledException.class)
        .hasMessageContaining("after step 1 of 4");
    Watcher second = new Watcher(-1);
    train(out, DType.FLOAT32, options().build(), data, second);
    assertThat(second.steps.get(0).step()).isEqualTo(2);
    assertThat(second.steps).hasSize(3);
  }

  @Test
  void run_brokenRecord_isReportedAndEndsTheRun() {
    Dataset data = new Wordings(known, 3);
    assertThatThrownBy(() -> train(folder, DType.FLOAT32, options().build(), data, new Watcher(-1)))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessage("words, record 3: broken");
  }

  @Test
  void run_brokenRecordsSkipped_areCountedAndReplaced() {
    List<Sample> samples = new ArrayList<>(known);
    samples.set(1, reworded(known.get(1), "Where?", "[SEG] or [SEG]."));
    Watcher watcher = new Watcher(-1);
    TrainingResult result =
        train(
            folder,
            DType.FLOAT32,
            options().skipBroken(true).build(),
            new Wordings(samples, 3),
            watcher);
    assertThat(watcher.steps).hasSize(4);
    assertThat(result.skipped()).isEqualTo(watcher.skipped.size());
    assertThat(watcher.skipped)
        .hasSize(2)
        .contains("words, record 3: broken")
        .anyMatch(reason -> reason.matches("record 1: .*masks of 1 objects, but 2 \\[SEG].*"));
  }

  @Test
  void run_sampleThatCannotBeLearnedFrom_isRefused() {
    List<Sample> samples = List.of(reworded(known.get(1), "Where?", "[SEG] or [SEG]."));
    assertThatThrownBy(
            () ->
                train(
                    folder,
                    DType.FLOAT32,
                    options().build(),
                    new Wordings(samples, -1),
                    new Watcher(-1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("2 [SEG]");
  }
}
