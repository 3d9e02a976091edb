package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.DType;
import io.sa2va.torch.weights.WeightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTest {
  private static final double RATE = 1e-3;

  @TempDir private Path folder;
  private final TrainingFixture fixture = new TrainingFixture();
  private final List<Sample> batch = List.of(fixture.sample());

  @AfterEach
  void close() {
    fixture.close();
  }

  private Run run(DType dtype) {
    return new Run(
        fixture.model(dtype, 0.2),
        new PointMaskLoss(new UncertainPoints(256, 3, 0.75)),
        LayerMemory.RECOMPUTED);
  }

  /** Two updates of two micro-batches; the file is written in the middle of the second. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void resume_betweenMicroBatches_goesOnToTheLastBit(DType dtype) {
    Path file = folder.resolve("run.safetensors");
    try (Run interrupted = run(dtype);
        Run resumed = run(dtype)) {
      interrupted.step().accumulate(batch);
      interrupted.step().accumulate(batch);
      interrupted.step().update(RATE);
      interrupted.step().accumulate(batch);
      Checkpoint.save(interrupted.step(), file);
      LossValues expected = interrupted.step().accumulate(batch);
      double norm = interrupted.step().update(RATE);

      resumed.step().accumulate(batch);
      Checkpoint.resume(resumed.step(), file);
      assertThat(resumed.step().accumulate(batch)).isEqualTo(expected);
      assertThat(resumed.step().update(RATE)).isEqualTo(norm);
      for (Parameter parameter : interrupted.model().parameters().all()) {
        assertThat(resumed.values(parameter.name()))
            .as(parameter.name())
            .containsExactly(interrupted.values(parameter.name()));
      }
      assertThat(resumed.step().microBatches()).isEqualTo(4);
    }
  }

  @Test
  void save_again_replacesTheFileOnly() throws IOException {
    Path file = folder.resolve("run.safetensors");
    try (Run run = run(DType.FLOAT32)) {
      Checkpoint.save(run.step(), file);
      Checkpoint.save(run.step(), file);
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
    }
  }

  @Test
  void resume_otherSeed_isRefused() {
    Path file = folder.resolve("run.safetensors");
    try (Run run = run(DType.FLOAT32)) {
      Checkpoint.save(run.step(), file);
      TrainStep other = new TrainStep(run.model(), TrainSettings.reference(8), AdamW.reference());
      assertThatThrownBy(() -> Checkpoint.resume(other, file))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("seed");
    }
  }

  @Test
  void resume_weightsOfAModel_isRefused() {
    try (Run run = run(DType.FLOAT32)) {
      Path weights = run.model().folder().resolve("model.safetensors");
      assertThatThrownBy(() -> Checkpoint.resume(run.step(), weights))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("not a saved run");
    }
  }
}
