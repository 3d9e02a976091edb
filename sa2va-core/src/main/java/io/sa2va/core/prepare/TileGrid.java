package io.sa2va.core.prepare;

/**
 * How a picture is cut into square tiles.
 *
 * @param columns tiles side by side, at least 1
 * @param rows tiles one above the other, at least 1
 */
public record TileGrid(int columns, int rows) {
  public TileGrid {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "a tile grid is at least 1x1, but was " + columns + "x" + rows);
    }
  }

  /** How many tiles the grid has. */
  public int tiles() {
    return columns * rows;
  }

  double aspectRatio() {
    return (double) columns / rows;
  }
}
