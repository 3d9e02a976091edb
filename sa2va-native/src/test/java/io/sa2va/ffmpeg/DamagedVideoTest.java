package io.sa2va.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedVideoTest {
  private static final int TIMES = 20;

  @TempDir private Path folder;

  @Test
  void open_endIsMissing_saysSo() throws IOException {
    byte[] whole = Files.readAllBytes(VideoFileTest.resource("hevc-10bit.mp4"));
    Path withoutIndex = folder.resolve("cut.mp4");
    Files.write(withoutIndex, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> VideoFile.open(withoutIndex))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(withoutIndex + " is no video of a known kind")
        .hasMessageContaining("or is damaged");
  }

  @Test
  void open_fewerFramesThanTheIndexLists_saysHowMany() throws IOException {
    Path file = MovingDisc.write(folder.resolve("disc.mp4"), "mpeg4");
    Mp4Box offsets = Mp4Box.find(file, "stco");
    int behindTheEnd = (int) Files.size(file) + 1000;
    offsets.writeInt(8, behindTheEnd);

    assertThatThrownBy(() -> VideoFile.open(file))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("of its 24 frames");
  }

  @Test
  void open_noVideoStream_saysSo() throws IOException {
    Path file = MovingDisc.write(folder.resolve("sound.mp4"), "mpeg4");
    Mp4Box.find(file, "hdlr").writeInt(8, 0x736f756e); // "soun" in place of "vide"

    assertThatThrownBy(() -> VideoFile.open(file))
        .isInstanceOf(VideoException.class)
        .hasMessage(file + " has no video stream");
  }

  @Test
  void open_unknownCodec_saysSo() throws IOException {
    Path file = MovingDisc.write(folder.resolve("odd.mp4"), "libopenh264");
    Mp4Box.find(file, "stsd").writeInt(12, 0x6f646421); // "odd!" in place of "avc1"

    assertThatThrownBy(() -> VideoFile.open(file))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("cannot decode");
  }

  /** Three groups of eight frames; the second is overwritten in its middle. */
  @Test
  void frame_damagedInTheMiddle_isNamedAndTheRestIsRead() throws IOException {
    Path file = MovingDisc.write(folder.resolve("disc.mp4"), "libopenh264");
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int data = text.indexOf("mdat") + 4;
    int middle = data + (text.indexOf("moov") - data) / 2;
    Arrays.fill(bytes, middle, middle + 100, (byte) 0);
    Files.write(file, bytes);

    try (VideoFile video = VideoFile.open(file)) {
      assertThatThrownBy(() -> readAll(video, 8, 16))
          .isInstanceOf(VideoException.class)
          .hasMessageMatching("frame 1\\d of .*disc.mp4 is damaged and cannot be decoded");
      readAll(video, 0, 8);
      readAll(video, 16, 24);
    }
  }

  private static void readAll(VideoFile video, int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(MovingDisc.psnr(video.frame(i), MovingDisc.picture(i))).isGreaterThan(26);
    }
  }

  /** Cut anywhere, and with bytes changed everywhere, or in the beginning or end only. */
  @ParameterizedTest
  @CsvSource({
    "mpeg4, mp4",
    "mpeg4, avi",
    "libopenh264, mkv",
    "libopenh264, ts",
    "libvpx-vp9, webm",
    "mpeg2video, mpg"
  })
  @Timeout(120)
  void open_mutated_readsOrThrowsVideoException(String codec, String ending) throws IOException {
    Path file = MovingDisc.write(folder.resolve("disc." + ending), codec);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(3);
    int opened = 0;
    for (int i = 0; i < TIMES; i++) {
      Files.write(file, i % 4 == 0 ? cut(whole, random) : mutate(whole, random, i % 4));
      opened += readAnyhow(file) ? 1 : 0;
    }
    assertThat(opened).as("opened mutants").isPositive();
  }

  private static byte[] cut(byte[] whole, Random random) {
    return Arrays.copyOf(whole, random.nextInt(whole.length));
  }

  private static byte[] mutate(byte[] whole, Random random, int where) {
    byte[] mutant = whole.clone();
    int reach = where == 1 ? whole.length : Math.min(whole.length, 800);
    int start = where == 3 ? whole.length - reach : 0;
    for (int changes = 1 << random.nextInt(8); changes > 0; changes--) {
      mutant[start + random.nextInt(reach)] = (byte) random.nextInt(256);
    }
    return mutant;
  }

  /** Whether it could be opened. */
  private static boolean readAnyhow(Path file) {
    try (VideoFile video = VideoFile.open(file)) {
      for (int i = 0; i < Math.min(video.frameCount(), 50); i++) {
        readAnyhow(video, i);
      }
      readAnyhow(video, 0);
      return true;
    } catch (VideoException e) {
      assertThat(e).hasMessageContaining(file.toString());
      return false;
    }
  }

  private static void readAnyhow(VideoFile video, int index) {
    try {
      assertThat(video.frame(index)).hasSize(3 * video.width() * video.height());
    } catch (VideoException e) {
      assertThat(e).hasMessageContaining("frame");
    }
  }
}
