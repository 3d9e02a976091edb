package io.sa2va.core.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Image;
import io.sa2va.Video;
import io.sa2va.error.InvalidVideoException;
import io.sa2va.ffmpeg.VideoWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodedVideoTest {
  private static final int COUNT = 40;
  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;

  @TempDir private Path folder;

  /** Each frame is grey, and 5 brighter than the one before. */
  private Path write() {
    Path file = folder.resolve("grey.mp4");
    try (VideoWriter writer = VideoWriter.open(file, WIDTH, HEIGHT, 25)) {
      for (int i = 0; i < COUNT; i++) {
        byte[] grey = new byte[3 * WIDTH * HEIGHT];
        Arrays.fill(grey, (byte) (20 + 5 * i));
        writer.write(grey);
      }
      writer.finish();
    }
    return file;
  }

  private static int brightness(Image frame) {
    return frame.rgbAt(WIDTH / 2, HEIGHT / 2) & 0xFF;
  }

  @Test
  void frame_anyOrder_isTheFrameOfThatIndex() {
    try (DecodedVideo video = DecodedVideo.open(write())) {
      assertThat(video.frameCount()).isEqualTo(COUNT);
      for (int index : new int[] {0, 1, 2, 39, 17, 3, 38}) {
        Image frame = video.frame(index);
        assertThat(frame.width()).isEqualTo(video.width()).isEqualTo(WIDTH);
        assertThat(frame.height()).isEqualTo(video.height()).isEqualTo(HEIGHT);
        assertThat(brightness(frame)).isBetween(18 + 5 * index, 22 + 5 * index);
      }
    }
  }

  @Test
  void read_throughThePublicInterface_opensTheVideo() {
    try (Video video = Video.read(write())) {
      assertThat(brightness(video.frame(2))).isBetween(28, 32);
    }
  }

  @Test
  void frame_askedAgain_isTheSameObject() {
    try (DecodedVideo video = DecodedVideo.open(write())) {
      Image first = video.frame(0);
      video.frame(1);
      video.frame(2);
      video.frame(3);

      assertThat(video.frame(0)).isSameAs(first);
      video.frame(4);
      assertThat(video.frame(0)).isNotSameAs(first).isEqualTo(first);
    }
  }

  @Test
  void frame_manyThreads_eachGetsItsOwn() {
    try (DecodedVideo video = DecodedVideo.open(write())) {
      List<Integer> wrong =
          IntStream.range(0, 400)
              .parallel()
              .map(i -> i * 7 % COUNT)
              .filter(index -> Math.abs(brightness(video.frame(index)) - 20 - 5 * index) > 2)
              .boxed()
              .toList();

      assertThat(wrong).isEmpty();
    }
  }

  @Test
  void open_noVideo_throwsInvalidVideo() throws IOException {
    Path file = Files.writeString(folder.resolve("text.mp4"), "no video");

    assertThatThrownBy(() -> DecodedVideo.open(file))
        .isInstanceOf(InvalidVideoException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void frame_damaged_throwsInvalidVideo() throws IOException {
    Path file = write();
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Arrays.fill(bytes, text.indexOf("mdat") + 4, text.indexOf("moov") - 4, (byte) 0);
    Files.write(file, bytes);

    try (DecodedVideo video = DecodedVideo.open(file)) {
      assertThatThrownBy(() -> video.frame(2))
          .isInstanceOf(InvalidVideoException.class)
          .hasMessageContaining("frame 2 of " + file);
    }
  }

  @Test
  void frame_noSuchIndexOrClosed_throws() {
    DecodedVideo video = DecodedVideo.open(write());
    assertThatThrownBy(() -> video.frame(COUNT)).isInstanceOf(IndexOutOfBoundsException.class);
    video.frame(0);
    video.close();
    video.close();
    assertThatThrownBy(() -> video.frame(0)).isInstanceOf(IllegalStateException.class);
  }
}
