package io.sa2va.core.prepare;

import io.sa2va.Mask;
import java.util.Arrays;

/**
 * The grid of image tokens that stands for a whole picture, and which of its cells a region of the
 * picture covers.
 *
 * <p>A cell is covered when the one pixel it samples is in the region: {@code
 * F.interpolate(mode="nearest")} in the reference (modeling_sa2va_chat.py), whose sampled pixel is
 * at {@code floor(cell * (float) pixels / cells)}. There a small region can end with no cell at
 * all; here it gets one, the cell that holds most of its pixels.
 *
 * @param rows of tokens, at least 1
 * @param columns of tokens, at least 1
 */
public record RegionGrid(int rows, int columns) {
  public RegionGrid {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a token grid has at least one row and one column, but was asked for %d and %d"
              .formatted(rows, columns));
    }
  }

  /**
   * The covered cells.
   *
   * @param region of the picture's size, at least one pixel set
   * @return indices {@code row * columns + column}, ascending; never empty
   * @throws PrepareException if the region is not of the picture's size or has no pixel set
   */
  public int[] coveredCells(Mask region, PixelSize picture) {
    if (region.width() != picture.width() || region.height() != picture.height()) {
      throw new PrepareException(
          "the region mask is %dx%d, but the picture is %dx%d; draw it at the picture's size"
              .formatted(region.width(), region.height(), picture.width(), picture.height()));
    }
    if (region.isEmpty()) {
      throw new PrepareException("the region mask is empty: set at least one pixel");
    }
    int[] covered = sampledCells(region);
    return covered.length > 0 ? covered : new int[] {fullestCell(region)};
  }

  private int[] sampledCells(Mask region) {
    int[] x = sampledPixels(region.width(), columns);
    int[] y = sampledPixels(region.height(), rows);
    int[] covered = new int[rows * columns];
    int count = 0;
    for (int cell = 0; cell < covered.length; cell++) {
      if (region.get(x[cell % columns], y[cell / columns])) {
        covered[count++] = cell;
      }
    }
    return Arrays.copyOf(covered, count);
  }

  private static int[] sampledPixels(int pixels, int cells) {
    // float32 on purpose: torch computes the scale and the product in it
    float scale = (float) pixels / cells;
    int[] sampled = new int[cells];
    for (int cell = 0; cell < cells; cell++) {
      sampled[cell] = Math.min((int) (cell * scale), pixels - 1);
    }
    return sampled;
  }

  private int fullestCell(Mask region) {
    int[] held = new int[rows * columns];
    for (int y = 0; y < region.height(); y++) {
      int row = cellOf(y, region.height(), rows);
      for (int x = 0; x < region.width(); x++) {
        if (region.get(x, y)) {
          held[row * columns + cellOf(x, region.width(), columns)]++;
        }
      }
    }
    int fullest = 0;
    for (int cell = 1; cell < held.length; cell++) {
      if (held[cell] > held[fullest]) {
        fullest = cell;
      }
    }
    return fullest;
  }

  private static int cellOf(int pixel, int pixels, int cells) {
    return (int) ((long) pixel * cells / pixels);
  }
}
