package io.sa2va.core.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Mask;
import io.sa2va.core.prepare.PixelSize;
import io.sa2va.core.prepare.RegionGrid;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionPromptTest {
  /** The left half, and the lower right quarter, of a 4x4 picture. */
  private static final RegionPrompt PROMPT =
      RegionPrompt.of(
          List.of(region(0, 0, 2, 4), region(2, 2, 4, 4)),
          new PixelSize(4, 4),
          new RegionGrid(2, 2));

  private static Mask region(int left, int top, int right, int bottom) {
    boolean[] set = new boolean[16];
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        set[y * 4 + x] = true;
      }
    }
    return Mask.of(4, 4, set);
  }

  @Test
  void text_twoRegions_hasAnImageTokenForEachCell() {
    assertThat(PROMPT.text("#"))
        .isEqualTo(
            "\nThere are 2 part regions in the picture: region1<vp>##</vp>, region2<vp>#</vp>.\n");
  }

  @Test
  void features_twoRegions_areThoseOfTheirCells() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor thumbnail = Tensors.of(new float[] {10, 20, 30, 40}, 4, 1);
      assertThat(PROMPT.features(thumbnail).toFloatArray()).containsExactly(10, 30, 40);
    }
  }
}
