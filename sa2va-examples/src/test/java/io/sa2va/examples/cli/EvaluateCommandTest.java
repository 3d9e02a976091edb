package io.sa2va.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sa2va.core.scenes.SceneDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
  @TempDir private Path folder;

  private static CommandLineRun evaluate(String... args) {
    List<String> all = new ArrayList<>(List.of("evaluate"));
    all.addAll(List.of(args));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  @Test
  void evaluate_scenes_printsScoresAndWritesTheWorst() throws IOException {
    Path out = folder.resolve("out");
    CommandLineRun run =
        evaluate(
            "--data",
            "scenes",
            "--seed",
            "7",
            "--count",
            "2",
            "--kinds",
            "place,absent,count",
            "--worst",
            "1",
            "--out",
            out.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("2 of 2");
    assertThat(run.out())
        .containsPattern("cIoU +place +\\d")
        .containsPattern("absent without mask +all +2")
        .containsPattern("answered exactly +count +2")
        .doesNotContain("J&F");
    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.at("/absent without mask/all/count").intValue()).isEqualTo(2);
    assertThat(out.resolve("worst_place_00.png")).exists();
    assertThat(out.resolve("worst_place_01.png")).doesNotExist();
    assertThat(Files.readString(out.resolve("worst.html"))).contains("worst_place_00.png");
  }

  @Test
  void evaluate_folder_asksForEveryPhrase() throws IOException {
    SceneDataset.write(folder, 4, 2, 96);
    JsonNode annotations = new ObjectMapper().readTree(folder.resolve("annotations.json").toFile());
    int phrases = annotations.get(0).get("text").size() + annotations.get(1).get("text").size();

    CommandLineRun run = evaluate("--data", folder.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("cIoU +all +" + phrases + " ")
        .containsPattern("gIoU +all +" + phrases + " ");
  }

  @Test
  void evaluate_folderWithoutAnnotations_isRefused() {
    CommandLineRun run = evaluate("--data", folder.toString());

    assertThat(run.exitCode()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).contains("annotations.json").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--count=0", "--count=x", "--kinds=unheard", "--worst=-1", "--seed=a"})
  void evaluate_nonsense_isBadUsage(String option) {
    CommandLineRun run = evaluate("--data", "scenes", option);

    assertThat(run.exitCode()).isEqualTo(Main.BAD_USAGE);
    assertThat(run.err()).contains(option.substring(0, option.indexOf('='))).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--count=3", "--kinds=count", "--seed=1"})
  void evaluate_folderWithOptionsOfScenes_isBadUsage(String option) {
    CommandLineRun run = evaluate("--data", folder.toString(), option);

    assertThat(run.exitCode()).isEqualTo(Main.BAD_USAGE);
    assertThat(run.err()).contains("--data scenes").hasLineCount(1);
  }

  @Test
  void evaluate_withoutData_isBadUsage() {
    CommandLineRun run = evaluate();

    assertThat(run.exitCode()).isEqualTo(Main.BAD_USAGE);
    assertThat(run.err()).contains("--data").hasLineCount(1);
  }

  @Test
  void evaluate_outIsAFile_isRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CommandLineRun run = evaluate("--data", "scenes", "--out", file.toString());

    assertThat(run.exitCode()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).contains("is a file").hasLineCount(1);
  }
}
