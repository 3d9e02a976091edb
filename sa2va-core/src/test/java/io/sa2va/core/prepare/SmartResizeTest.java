package io.sa2va.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmartResizeTest {
  private static final long MIN_PIXELS = 512 * 28 * 28;
  private static final long MAX_PIXELS = 2048 * 28 * 28;

  @Test
  void bothSteps_manyPictures_equalReference() throws IOException {
    SmartResize qwen25 = new SmartResize(28, MIN_PIXELS, MAX_PIXELS);
    SmartResize qwen3 = new SmartResize(32, MIN_PIXELS, MAX_PIXELS);
    for (int[] row : Goldens.rows("tables.json", "smart_resize")) {
      PixelSize fetched = SmartResize.fetched(new PixelSize(row[0], row[1]));

      assertThat(fetched).isEqualTo(new PixelSize(row[3], row[2]));
      assertThat(qwen25.processed(fetched)).isEqualTo(new PixelSize(row[5], row[4]));
      assertThat(qwen3.processed(fetched)).isEqualTo(new PixelSize(row[7], row[6]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "14,1400,28,1400",
    "42,42,56,56",
    "70,70,56,56",
    "1,1,56,56",
    "20000,20000,3556,3556"
  })
  void fetched_halfMultiplesAndBounds_roundAsPython(
      int width, int height, int toWidth, int toHeight) {
    assertThat(SmartResize.fetched(new PixelSize(width, height)))
        .isEqualTo(new PixelSize(toWidth, toHeight));
  }

  @ParameterizedTest
  @CsvSource({"20000,10", "1,201"})
  void fetched_ratioAbove200_isRejected(int width, int height) {
    assertThatThrownBy(() -> SmartResize.fetched(new PixelSize(width, height)))
        .isInstanceOf(PrepareException.class)
        .hasMessageContaining("%dx%d picture is too elongated".formatted(width, height));
  }

  @Test
  void processed_ratioAbove200AfterFetch_isRejected() {
    PixelSize fetched = SmartResize.fetched(new PixelSize(8200, 41));

    assertThatThrownBy(() -> new SmartResize(28, MIN_PIXELS, MAX_PIXELS).processed(fetched))
        .isInstanceOf(PrepareException.class);
  }

  @ParameterizedTest
  @CsvSource({"0,1,2", "28,0,5", "28,6,5"})
  void constructor_impossibleBounds_areRejected(int factor, long minPixels, long maxPixels) {
    assertThatThrownBy(() -> new SmartResize(factor, minPixels, maxPixels))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
