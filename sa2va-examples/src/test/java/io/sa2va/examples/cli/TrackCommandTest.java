package io.sa2va.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackCommandTest {
  private static final String CLIP = "pictures/clip";

  @TempDir private Path folder;

  @Test
  void track_pointsAndBox_writesMasksOfEveryFrame() throws IOException {
    Path out = folder.resolve("out");
    CommandLineRun run =
        CommandLineRun.of(
            "track",
            "--frames",
            CLIP,
            "--at",
            "3",
            "--point",
            "47,60",
            "--point",
            "5,5,0",
            "--box",
            "95,78,30,32",
            "--out",
            out.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("2 objects on 14 frames");
    JsonNode answer = new ObjectMapper().readTree(out.resolve("answer.json").toFile());
    assertThat(answer.get("frames").intValue()).isEqualTo(14);
    assertThat(answer.get("segments")).hasSize(2);
    for (JsonNode segment : answer.get("segments")) {
      assertThat(segment.get("masks")).hasSize(14);
    }
    assertThat(out.resolve("segment1_frame00013.png")).exists();
  }

  @Test
  void track_nothingShown_isBadUsage() {
    CommandLineRun run = CommandLineRun.of("track", "--frames", CLIP);
    assertThat(run.exitCode()).isEqualTo(Main.BAD_USAGE);
    assertThat(run.err()).contains("--point").hasLineCount(1);
  }

  @Test
  void track_frameBeyondTheEnd_isRefused() {
    CommandLineRun run =
        CommandLineRun.of("track", "--frames", CLIP, "--at", "14", "--point", "1,1");
    assertThat(run.exitCode()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).contains("0 to 13").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1,2,3", "a,b", "-1,4", "1,2,1,9"})
  void point_nonsense_isBadUsage(String point) {
    CommandLineRun run = CommandLineRun.of("track", "--frames", CLIP, "--point=" + point);
    assertThat(run.exitCode()).isEqualTo(Main.BAD_USAGE);
    assertThat(run.err()).contains("--point").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2,3", "1.5,2,3,4", "1,2,0,4"})
  void box_nonsense_isBadUsage(String box) {
    CommandLineRun run = CommandLineRun.of("track", "--frames", CLIP, "--box=" + box);
    assertThat(run.exitCode()).isEqualTo(Main.BAD_USAGE);
    assertThat(run.err()).contains("--box").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"first:0", "middle:3", "uniform:", "5,3", "first:x"})
  void keyFrames_nonsense_isBadUsage(String keyFrames) {
    CommandLineRun run =
        CommandLineRun.of("chat", "--frames", CLIP, "--text", "hi", "--key-frames=" + keyFrames);
    assertThat(run.exitCode()).isEqualTo(Main.BAD_USAGE);
    assertThat(run.err()).contains("--key-frames").hasLineCount(1);
  }

  @Test
  void keyFrames_uniform_answers() {
    CommandLineRun run =
        CommandLineRun.of(
            "chat",
            "--frames",
            CLIP,
            "--text",
            "Please segment the girl.",
            "--key-frames",
            "uniform:3");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void chatRegions_boxAndPoints_areRegionsOfThePicture() {
    CommandLineRun run =
        CommandLineRun.of(
            "chat",
            "--model",
            FixtureCase.checkpoint("qwen2").toString(),
            "--image",
            "pictures/scene.png",
            "--text",
            "Please describe region1.",
            "--box",
            "30,40,66,66",
            "--point",
            "160,90");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }
}
