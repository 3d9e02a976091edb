package io.sa2va.core.encode.qwenvit;

import java.util.function.IntBinaryOperator;

/**
 * The patches of one picture. They come cell by cell, a cell being the square of patches that
 * becomes one token; cells, and the patches in a cell, run left to right, then down.
 *
 * @param rows of patches; a multiple of {@code merge}
 * @param columns of patches; a multiple of {@code merge}
 * @param merge patches along a side of a cell
 */
public record PatchGrid(int rows, int columns, int merge) {
  public PatchGrid {
    if (rows < 1 || columns < 1 || merge < 1 || rows % merge != 0 || columns % merge != 0) {
      throw new IllegalArgumentException(
          "a grid of %dx%d patches does not fall into cells of %dx%d"
              .formatted(columns, rows, merge, merge));
    }
  }

  public int cellRows() {
    return rows / merge;
  }

  public int cellColumns() {
    return columns / merge;
  }

  public int patches() {
    return rows * columns;
  }

  int patchesPerCell() {
    return merge * merge;
  }

  /** The row of each patch. */
  float[] rowOfPatch() {
    return ofPatches((cell, inCell) -> cell / cellColumns() * merge + inCell / merge);
  }

  /** The column of each patch. */
  float[] columnOfPatch() {
    return ofPatches((cell, inCell) -> cell % cellColumns() * merge + inCell % merge);
  }

  private float[] ofPatches(IntBinaryOperator place) {
    float[] places = new float[patches()];
    for (int i = 0; i < places.length; i++) {
      places[i] = place.applyAsInt(i / patchesPerCell(), i % patchesPerCell());
    }
    return places;
  }
}
