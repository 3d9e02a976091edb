package io.sa2va.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.core.prepare.QwenPatcher.PatchShape;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QwenPatcherTest {
  // the numbers of the checkpoints' preprocessor_config.json and of config.json's grounding bounds
  private static final double RESCALE_FACTOR = 0.00392156862745098;
  private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] CLIP_STD = {0.26862954, 0.26130258, 0.27577711};
  private static final double[] HALVES = {0.5, 0.5, 0.5};
  private static final long MIN_PIXELS = 50_176;
  private static final long MAX_PIXELS = 100_352;

  @Test
  void patches_qwen25Settings_equalReference() throws IOException {
    Normalizer normalizer = Normalizer.of(RESCALE_FACTOR, CLIP_MEAN, CLIP_STD);
    QwenPatcher patcher =
        new QwenPatcher(new PatchShape(14, 2, 2), MIN_PIXELS, MAX_PIXELS, normalizer);

    QwenPatches patches = patcher.patches(Goldens.picture("qwen2_5vl"));

    assertThat(patches.gridThw()).containsExactly(1, 14, 22);
    assertThat(patches.patches()).isEqualTo(308);
    assertThat(patches.patchLength()).isEqualTo(1176);
    assertThat(patches.values()).isEqualTo(Goldens.floats("qwen2_5vl.pixel_values"));
  }

  @Test
  void patches_qwen3Settings_equalReference() throws IOException {
    Normalizer normalizer = Normalizer.of(RESCALE_FACTOR, HALVES, HALVES);
    QwenPatcher patcher =
        new QwenPatcher(new PatchShape(16, 2, 2), MIN_PIXELS, MAX_PIXELS, normalizer);

    QwenPatches patches = patcher.patches(Goldens.picture("qwen3vl"));

    assertThat(patches.gridThw()).containsExactly(1, 12, 18);
    assertThat(patches.patchLength()).isEqualTo(1536);
    assertThat(patches.values()).isEqualTo(Goldens.floats("qwen3vl.pixel_values"));
  }

  @Test
  void sizeFor_picture_isTheSizeThatIsCut() {
    QwenPatcher patcher =
        new QwenPatcher(
            new PatchShape(14, 2, 2), MIN_PIXELS, MAX_PIXELS, Normalizer.of(1, HALVES, HALVES));

    assertThat(patcher.sizeFor(new PixelSize(233, 150))).isEqualTo(new PixelSize(308, 196));
  }

  @Test
  void patches_moreThanOneArrayHolds_namesTheBound() {
    QwenPatcher patcher =
        new QwenPatcher(
            new PatchShape(28, 1, 512), 2_000_000, 2_000_000, Normalizer.of(1, HALVES, HALVES));

    assertThatThrownBy(() -> patcher.patches(RgbPixels.of(1, 1, new byte[3])))
        .isInstanceOf(PrepareException.class)
        .hasMessageContaining("max_pixels (it is 2000000)");
  }

  @ParameterizedTest
  @CsvSource({"0,2,2,patch_size", "14,513,2,merge_size", "14,2,-1,temporal_patch_size"})
  void patchShape_outOfRange_namesTheField(int patch, int merge, int frames, String field) {
    assertThatThrownBy(() -> new PatchShape(patch, merge, frames))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(field + " must be 1 to 512");
  }
}
