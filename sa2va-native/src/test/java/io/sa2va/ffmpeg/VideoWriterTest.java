package io.sa2va.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.sa2va.torch.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoWriterTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "96, 64, 30",
    "95, 63, 29.97",
    "1, 1, 1",
    "1280, 720, 59.94",
    "17, 16, 0.5",
    "14, 300, 120"
  })
  void write_anySize_isReadBack(int width, int height, double frameRate) {
    Path file = folder.resolve("video.mp4");
    byte[] grey = new byte[3 * width * height];
    Arrays.fill(grey, (byte) 100);

    try (VideoWriter writer = VideoWriter.open(file, width, height, frameRate)) {
      writer.write(grey);
      writer.write(grey);
      writer.write(grey);
      writer.finish();
    }

    try (VideoFile video = VideoFile.open(file)) {
      assertThat(video.width()).isEqualTo(width);
      assertThat(video.height()).isEqualTo(height);
      assertThat(video.frameCount()).isEqualTo(3);
      assertThat(video.frameRate()).isCloseTo(frameRate, offset(0.01));
      assertThat(MovingDisc.psnr(video.frame(2), grey)).isGreaterThan(35);
    }
  }

  @Test
  void finish_fileIsThere_isReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("video.mp4"), "old");

    try (VideoWriter writer = VideoWriter.open(file, 32, 32, 10)) {
      writer.write(new byte[3 * 32 * 32]);
      assertThat(file).hasContent("old");
      writer.finish();
    }

    try (VideoFile video = VideoFile.open(file)) {
      assertThat(video.frameCount()).isEqualTo(1);
    }
    assertThat(names()).containsExactly("video.mp4");
  }

  @Test
  void close_notFinished_leavesNoFile() throws IOException {
    long objects = NativeMemory.liveObjects();
    try (VideoWriter writer = VideoWriter.open(folder.resolve("video.mp4"), 32, 32, 10)) {
      writer.write(new byte[3 * 32 * 32]);
    }

    assertThat(names()).isEmpty();
    assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
  }

  @Test
  void open_impossible_saysWhyAndLeavesNoFile() throws IOException {
    assertThatThrownBy(() -> VideoWriter.open(folder.resolve("video.xyz"), 32, 32, 10))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(".xyz; use .mp4");
    assertThatThrownBy(() -> VideoWriter.open(folder.resolve("no/video.mp4"), 32, 32, 10))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("video.mp4 is not there; make it first");
    assertThatThrownBy(() -> VideoWriter.open(folder.resolve("video.mp4"), 0, 32, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0x32");
    assertThatThrownBy(() -> VideoWriter.open(folder.resolve("video.mp4"), 32, 32, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frameRate");
    assertThat(names()).isEmpty();
  }

  @Test
  void finish_noFrames_throws() throws IOException {
    try (VideoWriter writer = VideoWriter.open(folder.resolve("video.mp4"), 32, 32, 10)) {
      assertThatThrownBy(writer::finish)
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("at least one frame");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void write_wrongLength_throws() {
    try (VideoWriter writer = VideoWriter.open(folder.resolve("video.mp4"), 32, 32, 10)) {
      assertThatThrownBy(() -> writer.write(new byte[5]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a frame of 32x32 pixels has 3072 bytes, but there were 5");
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
