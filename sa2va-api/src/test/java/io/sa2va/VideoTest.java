package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.error.InvalidImageException;
import io.sa2va.error.InvalidVideoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoTest {
  @TempDir Path folder;

  private static Image grey(int width, int height, int level) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) level);
    return Image.ofRgb(width, height, rgb);
  }

  private Path frame(String name, Image image) {
    Path file = folder.resolve(name);
    image.writePng(file);
    return file;
  }

  @Test
  void ofFolder_files_areTakenInNameOrderByEnding() throws IOException {
    frame("00002.png", grey(4, 3, 2));
    frame("00000.JPG", grey(4, 3, 0));
    frame("00001.Jpeg", grey(4, 3, 1));
    frame("00003.webp", grey(4, 3, 3));
    Files.writeString(folder.resolve("00000.txt"), "notes");
    Files.writeString(folder.resolve("png"), "no ending");
    Files.writeString(folder.resolve("._00000.jpg"), "another system's leftovers");
    Files.createDirectory(folder.resolve("00004.png"));
    try (Video video = Video.ofFolder(folder)) {
      assertThat(video.frameCount()).isEqualTo(4);
      assertThat(video.width()).isEqualTo(4);
      assertThat(video.height()).isEqualTo(3);
      for (int i = 0; i < 4; i++) {
        assertThat(video.frame(i)).isEqualTo(grey(4, 3, i));
      }
    }
  }

  @Test
  void ofFolder_noPictures_namesTheFolder() {
    assertThatThrownBy(() -> Video.ofFolder(folder))
        .isInstanceOf(InvalidVideoException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("no frames");
  }

  @Test
  void ofFolder_missing_namesTheFolder() {
    assertThatThrownBy(() -> Video.ofFolder(folder.resolve("none")))
        .isInstanceOf(InvalidVideoException.class)
        .hasMessageContaining("none");
  }

  @Test
  void ofFrames_files_keepTheirOrder() {
    Path a = frame("a.png", grey(2, 2, 1));
    Path b = frame("b.png", grey(2, 2, 2));
    try (Video video = Video.ofFrames(List.of(b, a, b))) {
      assertThat(video.frameCount()).isEqualTo(3);
      assertThat(video.frame(1)).isEqualTo(grey(2, 2, 1));
    }
  }

  @Test
  void ofFrames_laterFrameOfAnotherSize_isNamedWhenRead() {
    Path a = frame("a.png", grey(2, 2, 1));
    Path b = frame("b.png", grey(5, 4, 2));
    try (Video video = Video.ofFrames(List.of(a, b))) {
      assertThatThrownBy(() -> video.frame(1))
          .isInstanceOf(InvalidVideoException.class)
          .hasMessageContaining("frame 1")
          .hasMessageContaining("b.png")
          .hasMessageContaining("5x4")
          .hasMessageContaining("2x2");
    }
  }

  @Test
  void ofFrames_laterFrameDamaged_isNamedWhenRead() throws IOException {
    Path a = frame("a.png", grey(2, 2, 1));
    Path b = Files.writeString(folder.resolve("b.png"), "no picture");
    try (Video video = Video.ofFrames(List.of(a, b))) {
      assertThatThrownBy(() -> video.frame(1))
          .isInstanceOf(InvalidImageException.class)
          .hasMessageContaining("b.png");
    }
  }

  @Test
  void ofFrames_none_isRefused() {
    assertThatThrownBy(() -> Video.ofFrames(List.of())).isInstanceOf(InvalidVideoException.class);
    assertThatThrownBy(() -> Video.ofImages(List.of())).isInstanceOf(InvalidVideoException.class);
  }

  @Test
  void ofImages_otherSize_isNamed() {
    assertThatThrownBy(() -> Video.ofImages(List.of(grey(2, 2, 0), grey(2, 2, 0), grey(2, 3, 0))))
        .isInstanceOf(InvalidVideoException.class)
        .hasMessageContaining("frame 2")
        .hasMessageContaining("2x3");
  }

  @Test
  void frame_outside_isRefused() {
    Path a = frame("a.png", grey(2, 2, 1));
    for (Video video :
        List.of(Video.ofFrames(List.of(a)), Video.ofImages(List.of(grey(1, 1, 0))))) {
      assertThatThrownBy(() -> video.frame(1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> video.frame(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
