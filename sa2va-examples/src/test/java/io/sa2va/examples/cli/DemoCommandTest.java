package io.sa2va.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir private Path folder;

  @Test
  void demo_bundledModel_answersAndDraws() {
    CommandLineRun run = CommandLineRun.of("demo", "--out", folder.toString(), "--threads", "1");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("> How many shapes are there?");
    assertThat(folder.resolve("picture/answer.json")).exists();
    assertThat(folder.resolve("picture/turn1_overlay_frame00000.png")).exists();
    assertThat(folder.resolve("clip/overlay_frame00023.png")).exists();
  }
}
