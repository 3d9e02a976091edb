package io.sa2va.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  /** A picture of three by two pixels, {@code abc} over {@code def}, as it is shown. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1, abcdef",
    "-1, 0, 0, -1, fedcba",
    "0, 1, -1, 0, daebfc",
    "0, -1, 1, 0, cfbead",
    "-1, 0, 0, 1, cbafed",
    "1, 0, 0, -1, defabc",
    "0, 1, 1, 0, adbecf",
    "0, -1, -1, 0, fcebda"
  })
  void apply_eachOfTheEight_movesEachPixel(int a, int b, int c, int d, String expected) {
    byte[] turned = Orientation.of(a << 16, b << 16, c << 16, d << 16).apply(rgb("abcdef"), 3, 2);

    assertThat(turned).isEqualTo(rgb(expected));
  }

  private static byte[] rgb(String pixels) {
    byte[] rgb = new byte[3 * pixels.length()];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (pixels.charAt(i / 3) + i % 3);
    }
    return rgb;
  }

  @Test
  void of_slantedOrEmptyMatrix_isUpright() {
    Orientation upright = new Orientation(1, 0, 0, 1);

    assertThat(Orientation.of(46341, 46341, -46341, 46341)).isEqualTo(upright);
    assertThat(Orientation.of(0, 0, 0, 0)).isEqualTo(upright);
  }
}
