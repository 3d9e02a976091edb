package io.sa2va.core.encode.qwenvit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowLayoutTest {
  @Test
  void of_gridWithBorders_putsWindowsOfOneSizeTogether() {
    WindowLayout layout = WindowLayout.of(new PatchGrid(6, 10, 2), 2); // 3 x 5 cells

    assertThat(layout.spans())
        .containsExactly(
            new AttentionSpans(1, 4), new AttentionSpans(3, 8), new AttentionSpans(2, 16));
    assertThat(layout.cellOfPlace())
        .containsExactly(14, 4, 9, 10, 11, 12, 13, 0, 1, 5, 6, 2, 3, 7, 8);
  }

  @ParameterizedTest
  @CsvSource({"2, 2, 1, 4", "8, 12, 2, 1", "14, 22, 2, 4", "30, 6, 3, 2", "16, 16, 2, 4"})
  void placeOfCell_anyGrid_undoesCellOfPlace(int rows, int columns, int merge, int side) {
    PatchGrid grid = new PatchGrid(rows, columns, merge);
    WindowLayout layout = WindowLayout.of(grid, side);

    int cells = grid.cellRows() * grid.cellColumns();
    long[] cellOfPlace = layout.cellOfPlace();
    assertThat(LongStream.of(layout.placeOfCell()).map(place -> cellOfPlace[(int) place]))
        .containsExactlyElementsOf(LongStream.range(0, cells).boxed().toList());
    assertThat(layout.spans().stream().mapToInt(AttentionSpans::tokens).sum())
        .isEqualTo(rows * columns);
  }
}
