package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.Answer;
import io.sa2va.Image;
import io.sa2va.Sa2VA;
import io.sa2va.core.testing.Golden;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExportTest {
  @TempDir private Path folder;
  private final TrainingFixture fixture = new TrainingFixture();
  private final List<Sample> batch = List.of(fixture.sample());

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void write_trainedModel_loadsAndGivesTheSameLosses() {
    try (Run run = new Run(fixture.model(DType.FLOAT32, 0.05), new WholeMaskLoss())) {
      run.step().accumulate(batch);
      run.step().update(1e-3);
      LossValues expected = run.step().evaluate(batch);
      new ModelExport(run.model(), DType.FLOAT32).write(folder);
      TrainableModel written =
          TrainableModel.load(folder, Device.CPU, DType.FLOAT32, TrainingPlan.everything(1));
      try (Run again = new Run(written, new WholeMaskLoss())) {
        LossValues losses = again.step().evaluate(batch);
        assertThat(losses.text()).isCloseTo(expected.text(), within(1e-5));
        assertThat(losses.mask()).isCloseTo(expected.mask(), within(1e-5));
        assertThat(losses.dice()).isCloseTo(expected.dice(), within(1e-5));
      }
    }
  }

  @Test
  void write_trainedModel_answersInTheEngine() {
    try (Run run = new Run(fixture.model(DType.FLOAT32, 0.05), new WholeMaskLoss())) {
      new ModelExport(run.model(), DType.BFLOAT16).write(folder);
    }
    try (Sa2VA model = Sa2VA.load(folder)) {
      Answer answer =
          model.chat(
              Image.read(Golden.folder("training").resolve("image.png")),
              "Please segment the red circle in this image.");
      assertThat(answer.rawText()).isNotEmpty();
    }
  }

  @Test
  void write_smallShards_holdAllNames() {
    try (Run run = new Run(fixture.model(DType.FLOAT32, 0), new WholeMaskLoss())) {
      new ModelExport(run.model(), DType.FLOAT32).write(folder, 100_000);
      List<Path> shards = CheckpointFiles.in(folder);
      assertThat(shards).hasSizeGreaterThan(5);
      try (SafetensorsWeights written = SafetensorsWeights.open(shards)) {
        assertThat(written.names())
            .containsExactlyInAnyOrderElementsOf(run.model().files().names());
      }
    }
  }

  @Test
  void write_ontoItsSource_isRefused() {
    try (Run run = new Run(fixture.model(DType.FLOAT32, 0), new WholeMaskLoss())) {
      assertThatThrownBy(
              () -> new ModelExport(run.model(), DType.FLOAT32).write(run.model().folder()))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("another folder");
    }
  }
}
