package io.sa2va.core.prepare;

import io.sa2va.Mask;
import java.util.Arrays;

/**
 * The square grid of image tokens that stands for a whole picture (its thumbnail), and which of its
 * cells a region of the picture covers.
 *
 * <p>A cell is covered when the one pixel it samples is in the region: {@code
 * F.interpolate(mode="nearest")} in the reference (modeling_sa2va_chat.py), whose sampled pixel is
 * at {@code floor(cell * (float) pixels / cells)}. There a small region can end with no cell at
 * all; here it gets one, the cell that holds most of its pixels.
 *
 * @param cellsPerSide tokens along a side, at least 1
 */
public record RegionGrid(int cellsPerSide) {
  public RegionGrid {
    if (cellsPerSide < 1) {
      throw new IllegalArgumentException(
          "a token grid has at least one cell a side, but was asked for " + cellsPerSide);
    }
  }

  /**
   * The covered cells.
   *
   * @param region of the picture's size, at least one pixel set
   * @return indices {@code row * cellsPerSide + column}, ascending; never empty
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
    int[] columns = sampledPixels(region.width());
    int[] rows = sampledPixels(region.height());
    int[] covered = new int[cellsPerSide * cellsPerSide];
    int count = 0;
    for (int cell = 0; cell < covered.length; cell++) {
      if (region.get(columns[cell % cellsPerSide], rows[cell / cellsPerSide])) {
        covered[count++] = cell;
      }
    }
    return Arrays.copyOf(covered, count);
  }

  private int[] sampledPixels(int pixels) {
    // float32 on purpose: torch computes the scale and the product in it
    float scale = (float) pixels / cellsPerSide;
    int[] sampled = new int[cellsPerSide];
    for (int cell = 0; cell < cellsPerSide; cell++) {
      sampled[cell] = Math.min((int) (cell * scale), pixels - 1);
    }
    return sampled;
  }

  private int fullestCell(Mask region) {
    int[] held = new int[cellsPerSide * cellsPerSide];
    for (int y = 0; y < region.height(); y++) {
      int row = cellOf(y, region.height());
      for (int x = 0; x < region.width(); x++) {
        if (region.get(x, y)) {
          held[row * cellsPerSide + cellOf(x, region.width())]++;
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

  private int cellOf(int pixel, int pixels) {
    return (int) ((long) pixel * cellsPerSide / pixels);
  }
}
