package io.sa2va.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.TensorScope;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "mpeg4, mp4", "mpeg4, mkv", "mpeg4, avi", "mpeg4, mov", "libopenh264, mp4",
    "libvpx-vp9, webm", "libvpx, webm", "mpeg2video, ts", "mpeg2video, mpg", "libopenh264, flv"
  })
  void frame_writtenVideo_isThePictureOfItsIndex(String codec, String ending) {
    Path file = MovingDisc.write(folder.resolve("disc." + ending), codec);

    try (VideoFile video = VideoFile.open(file)) {
      assertThat(video.frameRate()).isEqualTo(12);
      assertHoldsThePictures(video);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h264-open-gop.mkv",
        "h264-b-frames.avi",
        "h264-bt709.mp4",
        "hevc-10bit.mp4",
        "vp8-hidden-frames.webm",
        "av1.mkv"
      })
  void frame_otherEncoders_isThePictureOfItsIndex(String name) {
    try (VideoFile video = VideoFile.open(resource(name))) {
      assertHoldsThePictures(video);
    }
  }

  private static void assertHoldsThePictures(VideoFile video) {
    assertThat(video.width()).isEqualTo(MovingDisc.WIDTH);
    assertThat(video.height()).isEqualTo(MovingDisc.HEIGHT);
    assertThat(video.frameCount()).isEqualTo(MovingDisc.COUNT);
    byte[][] frames = readAll(video);
    for (int i = 0; i < frames.length; i++) {
      double match = MovingDisc.psnr(frames[i], MovingDisc.picture(i));
      assertThat(match).as("frame " + i).isGreaterThan(26);
      assertThat(match)
          .as("frame " + i + " and its neighbours")
          .isGreaterThan(MovingDisc.psnr(frames[i], MovingDisc.picture(i - 1)))
          .isGreaterThan(MovingDisc.psnr(frames[i], MovingDisc.picture(i + 1)));
    }
    assertSameAtRandom(video, frames);
  }

  private static byte[][] readAll(VideoFile video) {
    byte[][] frames = new byte[video.frameCount()][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = video.frame(i);
    }
    return frames;
  }

  private static void assertSameAtRandom(VideoFile video, byte[][] frames) {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int index = random.nextInt(frames.length);
      assertThat(video.frame(index)).as("frame " + index).isEqualTo(frames[index]);
    }
  }

  @Test
  void frame_bt709Video_usesItsMatrix() {
    try (VideoFile video = VideoFile.open(resource("h264-bt709.mp4"))) {
      // Under the matrix of BT.601 the disc's red would come out 8 lower.
      int disc = 3 * (20 * MovingDisc.WIDTH + 12);
      assertThat(video.frame(0)[disc] & 0xFF).isBetween(236, 244);
    }
  }

  @Test
  void frame_editListCutsTheBeginning_beginsThere() throws IOException {
    Path file = MovingDisc.write(folder.resolve("cut.mp4"), "mpeg4");
    Mp4Box edit = Mp4Box.find(file, "elst");
    int perFrame = Mp4Box.find(file, "mdhd").readInt(12) / 12;
    edit.writeInt(12, edit.readInt(12) + 5 * perFrame);

    try (VideoFile video = VideoFile.open(file)) {
      assertThat(video.frameCount()).isEqualTo(MovingDisc.COUNT - 5);
      assertThat(MovingDisc.psnr(video.frame(0), MovingDisc.picture(5))).isGreaterThan(26);
      assertSameAtRandom(video, readAll(video));
    }
  }

  @Test
  void frame_turnedVideo_isUpright() throws IOException {
    Path file = MovingDisc.write(folder.resolve("turned.mp4"), "mpeg4");
    byte[] lying;
    try (VideoFile video = VideoFile.open(file)) {
      lying = video.frame(3);
    }
    Mp4Box header = Mp4Box.find(file, "tkhd");
    int[] quarterTurn = {0, 1 << 16, 0, -1 << 16, 0};
    for (int i = 0; i < quarterTurn.length; i++) {
      header.writeInt(40 + 4 * i, quarterTurn[i]);
    }

    try (VideoFile video = VideoFile.open(file)) {
      assertThat(video.width()).isEqualTo(MovingDisc.HEIGHT);
      assertThat(video.height()).isEqualTo(MovingDisc.WIDTH);
      assertThat(video.frame(3))
          .isEqualTo(
              new Orientation(0, 1, -1, 0).apply(lying, MovingDisc.WIDTH, MovingDisc.HEIGHT));
    }
  }

  @Test
  void open_nameLikeAPatternOrProtocol_isAFile() {
    Path file = MovingDisc.write(folder.resolve("http: %03d é 映像.mp4"), "mpeg4");

    try (VideoFile video = VideoFile.open(file)) {
      assertThat(video.frameCount()).isEqualTo(MovingDisc.COUNT);
    }
  }

  @Test
  void frame_openedInAScopeThatIsClosed_isStillRead() {
    VideoFile video;
    try (TensorScope scope = TensorScope.open()) {
      video = VideoFile.open(resource("h264-bt709.mp4"));
      assertThat(video.frame(0)).isNotEmpty();
    }

    try (video) {
      assertHoldsThePictures(video);
    }
  }

  @Test
  void frame_noSuchIndex_throws() {
    try (VideoFile video = VideoFile.open(resource("av1.mkv"))) {
      assertThatThrownBy(() -> video.frame(-1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> video.frame(MovingDisc.COUNT))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void frame_closed_throws() {
    VideoFile video = VideoFile.open(resource("av1.mkv"));
    video.close();
    video.close();

    assertThatThrownBy(() -> video.frame(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void close_manyVideos_leavesNothing() {
    Path file = MovingDisc.write(folder.resolve("disc.mp4"), "libopenh264");
    openAndRead(file, 20);
    long objects = NativeMemory.liveObjects();
    long bytes = NativeMemory.residentBytes();

    openAndRead(file, 200);

    assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
    // One codec alone holds more than 0.5 MB.
    assertThat(NativeMemory.residentBytes() - bytes).isLessThan(64L << 20);
  }

  private static void openAndRead(Path file, int times) {
    for (int i = 0; i < times; i++) {
      try (VideoFile video = VideoFile.open(file)) {
        assertThat(video.frame(20)).isNotEmpty();
        assertThat(video.frame(1)).isNotEmpty();
      }
    }
  }

  static Path resource(String name) {
    try {
      return Path.of(VideoFileTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void open_noVideo_saysWhy() throws IOException {
    Path missing = folder.resolve("missing.mp4");
    Path empty = Files.createFile(folder.resolve("empty.mp4"));
    Path text = Files.writeString(folder.resolve("text.txt"), "\u001b[31mno video\n".repeat(99));
    Path playlist =
        Files.writeString(folder.resolve("list.m3u8"), "#EXTM3U\n#EXTINF:2,\n/etc/passwd\n");

    assertThatThrownBy(() -> VideoFile.open(missing))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("there is no file " + missing);
    assertThatThrownBy(() -> VideoFile.open(folder))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("there is no file " + folder);
    assertThatThrownBy(() -> VideoFile.open(empty))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(empty + " is empty");
    assertThatThrownBy(() -> VideoFile.open(text))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(text + " is no video of a known kind");
    assertThatThrownBy(() -> VideoFile.open(playlist))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(playlist + " is no video of a known kind");
  }
}
