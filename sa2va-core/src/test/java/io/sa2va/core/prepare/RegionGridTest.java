package io.sa2va.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Mask;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegionGridTest {
  static List<int[]> sampledPixels() throws IOException {
    return Goldens.rows("region_cells.json", "nearest");
  }

  @ParameterizedTest
  @MethodSource("sampledPixels")
  void coveredCells_onePixel_areThoseThatTorchSamplesThere(int[] row) {
    int pixels = row[0];
    int cells = row[1];
    int[] sampled = Arrays.copyOfRange(row, 2, row.length);
    for (int pixel : sampled) {
      boolean[] mask = new boolean[pixels];
      mask[pixel] = true;
      int[] columns = IntStream.range(0, cells).filter(c -> sampled[c] == pixel).toArray();

      int[] wide =
          new RegionGrid(cells, cells)
              .coveredCells(Mask.of(pixels, 1, mask), new PixelSize(pixels, 1));
      int[] tall =
          new RegionGrid(cells, cells)
              .coveredCells(Mask.of(1, pixels, mask), new PixelSize(1, pixels));

      assertThat(Arrays.copyOf(wide, columns.length)).isEqualTo(columns);
      assertThat(wide).hasSize(columns.length * cells);
      assertThat(tall)
          .isEqualTo(
              IntStream.of(columns)
                  .flatMap(r -> IntStream.range(r * cells, (r + 1) * cells))
                  .toArray());
    }
  }

  @Test
  void coveredCells_wholePicture_areAll() {
    boolean[] mask = new boolean[50 * 30];
    Arrays.fill(mask, true);

    assertThat(new RegionGrid(4, 4).coveredCells(Mask.of(50, 30, mask), new PixelSize(50, 30)))
        .isEqualTo(IntStream.range(0, 16).toArray());
  }

  @Test
  void coveredCells_betweenSampledPixels_isTheCellThatHoldsMost() {
    boolean[] mask = new boolean[40 * 40];
    mask[5 * 40 + 19] = true; // cell 1
    mask[15 * 40 + 31] = true; // cell 7
    mask[16 * 40 + 31] = true;

    assertThat(new RegionGrid(4, 4).coveredCells(Mask.of(40, 40, mask), new PixelSize(40, 40)))
        .containsExactly(7);
  }

  @Test
  void coveredCells_lastPixel_isTheLastCell() {
    boolean[] mask = new boolean[41 * 43];
    mask[mask.length - 1] = true;

    assertThat(new RegionGrid(16, 16).coveredCells(Mask.of(41, 43, mask), new PixelSize(41, 43)))
        .containsExactly(255);
  }

  @Test
  void coveredCells_emptyMask_isRejected() {
    assertThatThrownBy(
            () -> new RegionGrid(16, 16).coveredCells(Mask.empty(3, 2), new PixelSize(3, 2)))
        .isInstanceOf(PrepareException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void coveredCells_wrongSize_namesBoth() {
    assertThatThrownBy(
            () -> new RegionGrid(16, 16).coveredCells(Mask.empty(2, 3), new PixelSize(3, 2)))
        .isInstanceOf(PrepareException.class)
        .hasMessageContaining("2x3, but the picture is 3x2");
  }

  @Test
  void constructor_noCells_isRejected() {
    assertThatThrownBy(() -> new RegionGrid(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
