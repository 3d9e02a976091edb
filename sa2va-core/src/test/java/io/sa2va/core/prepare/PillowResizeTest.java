package io.sa2va.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PillowResizeTest {
  static List<int[]> goldenSizes() throws IOException {
    return Goldens.rows("tables.json", "resize");
  }

  @ParameterizedTest
  @MethodSource("goldenSizes")
  void bicubic_anySize_equalsPillow(int[] row) throws IOException {
    RgbPixels source = Goldens.picture("resize/source" + row[0]);
    RgbPixels golden = Goldens.picture("resize/%d_%dx%d".formatted(row[0], row[3], row[4]));

    RgbPixels resized = PillowResize.bicubic(source, row[3], row[4]);

    assertThat(resized.width()).isEqualTo(row[3]);
    assertThat(resized.height()).isEqualTo(row[4]);
    assertThat(resized.samples()).isEqualTo(golden.samples());
  }

  @ParameterizedTest
  @CsvSource({"7x56", "448x56", "3x200", "40x304"})
  void bicubic_veryTallPicture_equalsPillow(String size) throws IOException {
    RgbPixels golden = Goldens.picture("resize/tall_" + size);

    RgbPixels resized =
        PillowResize.bicubic(Goldens.picture("resize/sourceTall"), golden.width(), golden.height());

    assertThat(resized.samples()).isEqualTo(golden.samples());
  }

  @Test
  void bicubic_sameSize_isThePictureItself() {
    RgbPixels picture = plain(5, 4);

    assertThat(PillowResize.bicubic(picture, 5, 4)).isSameAs(picture);
  }

  @ParameterizedTest
  @CsvSource({
    "20000,10,448,448",
    "10,20000,448,448",
    "20000,10,7,5",
    "1,1,1024,1024",
    "1,1,1,1",
    "3000,2000,1024,1024",
    "300,200,1,1"
  })
  void bicubic_extremeSizes_keepAPlainPicturePlain(int w, int h, int toWidth, int toHeight) {
    RgbPixels resized = PillowResize.bicubic(plain(w, h), toWidth, toHeight);

    assertThat(resized.samples()).isEqualTo(plain(toWidth, toHeight).samples());
  }

  @Test
  void bicubic_pictureLargeEnoughForThreads_equalsItsStripsAlone() {
    byte[] samples = new byte[1500 * 900 * 3];
    new Random(5).nextBytes(samples);
    RgbPixels picture = RgbPixels.of(1500, 900, samples);

    RgbPixels rowsOnly = PillowResize.bicubic(picture, 1024, 900);

    for (int y = 0; y < 900; y += 7) {
      RgbPixels alone = PillowResize.bicubic(picture.crop(0, y, 1500, 1), 1024, 1);
      assertThat(rowsOnly.crop(0, y, 1024, 1).samples()).isEqualTo(alone.samples());
    }
  }

  @Test
  void bicubic_noSize_isRejected() {
    assertThatThrownBy(() -> PillowResize.bicubic(plain(2, 2), 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0x5");
  }

  @Test
  void bicubic_resultBeyondOneArray_saysSo() {
    assertThatThrownBy(() -> PillowResize.bicubic(plain(1, 100_000), 50_000, 100_000))
        .isInstanceOf(PrepareException.class)
        .hasMessageContaining("50000x100000");
  }

  private static RgbPixels plain(int width, int height) {
    byte[] samples = new byte[width * height * 3];
    Arrays.fill(samples, (byte) 201);
    return RgbPixels.of(width, height, samples);
  }
}
