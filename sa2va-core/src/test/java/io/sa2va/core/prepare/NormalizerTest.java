package io.sa2va.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizerTest {
  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen2-rms"})
  void sam2_squarePicture_equalsReference(String checkpoint) throws IOException {
    RgbPixels square = PillowResize.bicubic(Goldens.picture(checkpoint), 128, 128);

    float[] planes = Normalizer.sam2().normalize(square);

    assertThat(planes).isEqualTo(Goldens.floats(checkpoint + ".sam_input"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen2-rms"})
  void imageNet_tiles_equalReference(String checkpoint) throws IOException {
    DynamicTiler tiler = new DynamicTiler(1, 12, 56, true);

    float[] planes = Normalizer.imageNet().normalize(tiler.tile(Goldens.picture(checkpoint)));

    assertThat(planes).isEqualTo(Goldens.floats(checkpoint + ".pixel_values"));
  }

  @Test
  void of_givenNumbers_scalesThenCenters() {
    Normalizer normalizer =
        Normalizer.of(1.0 / 255, new double[] {0.5, 0.25, 0}, new double[] {0.5, 0.25, 2});

    float[] planes = normalizer.normalize(RgbPixels.of(1, 1, new byte[] {-1, -1, -1}));

    assertThat(planes).containsExactly(1f, 3f, 0.5f);
  }

  @Test
  void of_twoMeans_namesTheField() {
    assertThatThrownBy(() -> Normalizer.of(1, new double[2], new double[] {1, 1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image_mean must be three numbers, but has 2");
  }

  @Test
  void of_zeroDeviation_isRejected() {
    assertThatThrownBy(() -> Normalizer.of(1, new double[3], new double[] {1, 0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image_std");
  }

  @Test
  void normalize_differentSizes_namesThePicture() {
    List<RgbPixels> pictures =
        List.of(RgbPixels.of(1, 1, new byte[3]), RgbPixels.of(2, 1, new byte[6]));

    assertThatThrownBy(() -> Normalizer.imageNet().normalize(pictures))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("picture 1 is 2x1, the others are 1x1");
  }

  @Test
  void normalize_noPicture_isRejected() {
    assertThatThrownBy(() -> Normalizer.imageNet().normalize(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
