package io.sa2va.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RgbPixelsTest {
  private static final RgbPixels THREE_BY_TWO =
      RgbPixels.of(
          3, 2, new byte[] {0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, -1});

  @Test
  void sample_anyChannel_isUnsignedAndInterleaved() {
    assertThat(THREE_BY_TWO.sample(1, 0, 2)).isEqualTo(12);
    assertThat(THREE_BY_TWO.sample(2, 1, 2)).isEqualTo(255);
  }

  @Test
  void crop_insideRectangle_copiesIt() {
    RgbPixels cropped = THREE_BY_TWO.crop(1, 0, 2, 2);

    assertThat(cropped.width()).isEqualTo(2);
    assertThat(cropped.height()).isEqualTo(2);
    assertThat(cropped.samples()).containsExactly(10, 11, 12, 20, 21, 22, 40, 41, 42, 50, 51, -1);
  }

  @ParameterizedTest
  @CsvSource({"-1,0,1,1", "0,-1,1,1", "0,0,4,1", "0,0,1,3", "3,0,1,1", "0,0,0,1", "0,0,1,0"})
  void crop_rectangleNotInside_isRejected(int x, int y, int width, int height) {
    assertThatThrownBy(() -> THREE_BY_TWO.crop(x, y, width, height))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not inside the 3x2 picture");
  }

  @Test
  void of_wrongLength_namesBoth() {
    assertThatThrownBy(() -> RgbPixels.of(2, 2, new byte[11]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a 2x2 RGB picture has 12 bytes, but 11 were given");
  }

  @Test
  void of_emptyPicture_isRejected() {
    assertThatThrownBy(() -> RgbPixels.of(0, 2, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
