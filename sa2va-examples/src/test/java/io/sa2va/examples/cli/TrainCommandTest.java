package io.sa2va.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  private static final String MODEL = FixtureCase.checkpoint("qwen2").toString();
  private static final String RECORD =
      "{\"image\":\"a.png\",\"mask\":[[[10,10,60,10,60,60,10,60]]],\"text\":[\"the red car\"]}";

  @TempDir private Path folder;

  @BeforeEach
  void makeData() throws IOException {
    Path images = Files.createDirectories(folder.resolve("data/images"));
    Image.ofRgb(80, 70, new byte[80 * 70 * 3]).writePng(images.resolve("a.png"));
    Files.writeString(folder.resolve("data/annotations.json"), "[" + RECORD + "]");
  }

  private CommandLineRun train(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--model",
                MODEL,
                "--data",
                folder.resolve("data").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--batch-size",
                "1",
                "--accumulate",
                "1",
                "--lora-rank",
                "2"));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void train_fineTuneData_writesEverythingAndTheModelAnswers() {
    CommandLineRun run = train("--steps", "2");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 steps, 0 records skipped").contains("model");
    assertThat(run.err()).contains("step 2 of 2  loss ");
    Path out = folder.resolve("out");
    assertThat(out.resolve("log.jsonl")).content().hasLineCount(2);
    assertThat(out.resolve("loss.png")).isNotEmptyFile();
    assertThat(out.resolve("checkpoint.safetensors")).isNotEmptyFile();
    assertThat(out.resolve("adapter/adapter_config.json")).isNotEmptyFile();
    CommandLineRun chat =
        CommandLineRun.of(
            "chat",
            "--model",
            out.resolve("model").toString(),
            "--text",
            "Hello",
            "--max-new-tokens",
            "4");
    assertThat(chat.exitCode()).as(chat.err()).isZero();
  }

  @Test
  void train_scenes_validatesAndStops() {
    CommandLineRun run =
        CommandLineRun.of(
            "train",
            "--model",
            MODEL,
            "--data",
            "scenes",
            "--out",
            folder.resolve("out").toString(),
            "--steps",
            "1",
            "--batch-size",
            "1",
            "--accumulate",
            "1",
            "--full",
            "--validate",
            folder.resolve("data").toString(),
            "--validate-every",
            "1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("validation after step 1: loss ");
  }

  @Test
  void train_again_needsResume() {
    assertThat(train("--steps", "1").exitCode()).isZero();
    CommandLineRun again = train("--steps", "1");
    assertThat(again.exitCode()).isEqualTo(Main.FAILURE);
    assertThat(again.err()).contains("resume").hasLineCount(1);
    assertThat(train("--steps", "1", "--resume").exitCode()).isZero();
  }

  @Test
  void train_brokenRecord_isNamedOrSkipped() throws IOException {
    String broken = RECORD.replace("a.png", "b.png");
    Files.writeString(folder.resolve("data/annotations.json"), "[" + RECORD + "," + broken + "]");
    CommandLineRun run = train("--epochs", "1");
    assertThat(run.exitCode()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).contains("annotations.json: record 1");
    CommandLineRun skipping = train("--epochs", "1", "--resume", "--skip-broken");
    assertThat(skipping.exitCode()).as(skipping.err()).isZero();
    assertThat(skipping.err()).contains("skipped: ");
    assertThat(skipping.out()).contains("1 records skipped");
  }

  @Test
  void train_badOptions_areBadUsage() {
    assertThat(train("--steps", "1", "--epochs", "1").exitCode()).isEqualTo(Main.BAD_USAGE);
    assertThat(train("--full").err()).contains("--lora-rank");
    assertThat(train("--learning-rate", "-1").err()).contains("--learning-rate").hasLineCount(1);
    CommandLineRun noModel = CommandLineRun.of("train", "--data", "scenes", "--out", "x");
    assertThat(noModel.exitCode()).isEqualTo(Main.BAD_USAGE);
    assertThat(noModel.err()).contains("--model");
  }

  @Test
  void train_noData_isRefused() {
    CommandLineRun run =
        CommandLineRun.of(
            "train",
            "--model",
            MODEL,
            "--data",
            "nowhere",
            "--out",
            folder.resolve("o").toString());
    assertThat(run.exitCode()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).contains("nowhere").hasLineCount(1);
  }
}
