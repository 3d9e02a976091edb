package io.sa2va.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadmeTest {
  private static final Path SOURCES = Path.of("src/main");

  @ParameterizedTest
  @CsvSource({
    "java, java/io/sa2va/examples/SegmentPicture.java",
    "kotlin, kotlin/io/sa2va/examples/SegmentVideo.kt"
  })
  void readme_codeBlock_isTheExampleThatCompiles(String language, String source)
      throws IOException {
    String example = Files.readString(SOURCES.resolve(source));
    Matcher region =
        Pattern.compile("// readme:" + language + "\n(.*?)\n *// end", Pattern.DOTALL)
            .matcher(example);
    assertThat(region.find()).isTrue();
    String snippet = region.group(1).stripIndent();
    assertThat(Files.readString(Path.of("../README.md")))
        .contains("```" + language + "\n" + snippet);
  }

  @Test
  void javaExample_bundledPicture_writesMasks(@TempDir Path folder) {
    Answer answer =
        SegmentPicture.segment(
            Path.of("pictures/scene.png"), folder, "Please segment the red circle.");
    assertThat(answer.segments()).hasSize(1);
    assertThat(folder.resolve("mask0.png")).exists();
  }

  @Test
  void kotlinExample_bundledFrames_writesMasksOfEveryFrame(@TempDir Path folder) {
    Answer answer =
        SegmentVideoKt.segmentVideo(
            Path.of("pictures/clip"), folder, "Please segment the yellow circle.");
    assertThat(answer.frameCount()).isEqualTo(14);
    assertThat(folder.toFile().list()).hasSize(14);
  }
}
