package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.error.InsufficientMemoryException;
import io.sa2va.error.InvalidImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Picture files against what Pillow reads from them; see pictures/make_pictures.py. */
class ImageReadTest {
  @TempDir Path folder;

  static byte[] resource(String name) {
    try (InputStream in = ImageReadTest.class.getResourceAsStream("pictures/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ycc420.jpg",
        "ycc444.jpg",
        "rgb.jpg",
        "progressive.jpg",
        "grey.jpg",
        "srgb_profile.jpg",
        "broken_profile.jpg",
        "cmyk.jpg",
        "ycck.jpg",
        "grey_alpha.png",
        "rgb_alpha.png",
        "palette_transparent.png",
        "rgb_transparent.png",
        "bilevel.png",
        "palette2bit.png"
      })
  void read_file_givesThePixelsThatPillowGives(String name) {
    Image image = Image.read(resource(name));
    assertThat(image.width()).isEqualTo(23);
    assertThat(image.height()).isEqualTo(17);
    assertThat(image.rgb()).isEqualTo(resource(name + ".rgb"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orientation1.jpg",
        "orientation2.jpg",
        "orientation3.jpg",
        "orientation4.jpg",
        "orientation5.jpg",
        "orientation6.jpg",
        "orientation7.jpg",
        "orientation8.jpg",
        "orientation6.png"
      })
  void read_exifOrientation_turnsThePictureUpright(String name) {
    Image image = Image.read(resource(name));
    boolean turned = name.charAt("orientation".length()) >= '5';
    assertThat(image.width()).isEqualTo(turned ? 6 : 8);
    assertThat(image.height()).isEqualTo(turned ? 8 : 6);
    assertThat(image.rgb()).isEqualTo(resource(name + ".rgb"));
  }

  @Test
  void read_fileBytesAndStream_giveTheSame() throws IOException {
    byte[] encoded = resource("ycc420.jpg");
    Path file = Files.write(folder.resolve("photo.jpg"), encoded);
    Image expected = Image.read(encoded);
    assertThat(Image.read(file)).isEqualTo(expected);
    assertThat(Image.read(new ByteArrayInputStream(encoded))).isEqualTo(expected);
  }

  @Test
  void read_wrongEnding_goesByTheContent() throws IOException {
    Path file = Files.write(folder.resolve("photo.png"), resource("grey.jpg"));
    assertThat(Image.read(file).rgb()).isEqualTo(resource("grey.jpg.rgb"));
  }

  @Test
  void read_missingFile_namesIt() {
    assertThatThrownBy(() -> Image.read(folder.resolve("none.png")))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("There is no picture file")
        .hasMessageContaining("none.png");
  }

  @Test
  void read_folder_namesIt() {
    assertThatThrownBy(() -> Image.read(folder))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void read_text_saysWhichFormatsCanBeRead() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.png"), "this is no picture");
    assertThatThrownBy(() -> Image.read(file))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("notes.png")
        .hasMessageContaining("no picture")
        .hasMessageContaining("PNG");
  }

  @Test
  void read_noBytes_isNoPicture() {
    assertThatThrownBy(() -> Image.read(new byte[0]))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("no picture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ycc420.jpg", "progressive.jpg", "cmyk.jpg", "rgb_alpha.png"})
  void read_fileCutOffAnywhere_isRefused(String name) {
    byte[] whole = resource(name);
    for (int length = 0; length < whole.length - 20; length += 7) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Image.read(part))
          .as("first %d bytes", length)
          .isInstanceOf(InvalidImageException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ycc420.jpg", "orientation6.jpg", "orientation6.png", "palette2bit.png"})
  void read_anyByteDamaged_givesAPictureOrATypedError(String name) {
    byte[] whole = resource(name);
    int pictures = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0xA5;
      try {
        pictures += Image.read(damaged).width() > 0 ? 1 : 0;
      } catch (InvalidImageException e) {
        assertThat(e).hasMessageContaining("the given bytes");
      }
    }
    assertThat(pictures).isLessThan(whole.length);
  }

  @Test
  void read_headerOfAGiantPicture_isRefusedBeforeMemoryIsTaken() throws IOException {
    Path file = Files.write(folder.resolve("bomb.png"), pngHeader(40_000, 40_000));
    assertThatThrownBy(() -> Image.read(file))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("bomb.png")
        .hasMessageContaining("40000x40000")
        .hasMessageContaining("500000000");
  }

  @Test
  void read_headerOfAPictureLargerThanJavasMemory_isATypedError() {
    byte[] header = pngHeader(24_000, 20_000);
    assertThatThrownBy(() -> Image.read(header))
        .isInstanceOfAny(InsufficientMemoryException.class, InvalidImageException.class)
        .hasMessageContaining("the given bytes");
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer chunk = ByteBuffer.allocate(17);
    chunk.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    chunk.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array());
    ByteBuffer file = ByteBuffer.allocate(33);
    file.putLong(0x89504E470D0A1A0AL).putInt(13).put(chunk.array());
    return file.putInt((int) checksum.getValue()).array();
  }
}
