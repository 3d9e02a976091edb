package io.sa2va.core.encode.qwenvit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PatchGridTest {
  @Test
  void places_patches_comeCellByCell() {
    PatchGrid grid = new PatchGrid(4, 4, 2);
    assertThat(grid.rowOfPatch()).containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3);
    assertThat(grid.columnOfPatch())
        .containsExactly(0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3);
  }

  @Test
  void constructor_unevenGrid_isRefused() {
    assertThatThrownBy(() -> new PatchGrid(4, 5, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a grid of 5x4 patches does not fall into cells of 2x2");
  }
}
