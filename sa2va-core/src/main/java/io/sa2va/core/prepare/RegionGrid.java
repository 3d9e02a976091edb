package io.sa2va.core.prepare;

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
   * @param mask the region, row by row from the top, one entry a pixel of the picture
   * @return indices {@code row * cellsPerSide + column}, ascending; never empty
   * @throws PrepareException if the mask is not of the picture's size or has no pixel set
   */
  public int[] coveredCells(boolean[] mask, PixelSize picture) {
    if (mask.length != picture.area()) {
      throw new PrepareException(
          "the region mask has %d pixels, but the picture is %dx%d; draw it at the picture's size"
              .formatted(mask.length, picture.width(), picture.height()));
    }
    int[] covered = sampledCells(mask, picture);
    return covered.length > 0 ? covered : new int[] {fullestCell(mask, picture)};
  }

  private int[] sampledCells(boolean[] mask, PixelSize picture) {
    int[] columns = sampledPixels(picture.width());
    int[] rows = sampledPixels(picture.height());
    int[] covered = new int[cellsPerSide * cellsPerSide];
    int count = 0;
    for (int cell = 0; cell < covered.length; cell++) {
      int y = rows[cell / cellsPerSide];
      int x = columns[cell % cellsPerSide];
      if (mask[y * picture.width() + x]) {
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

  private int fullestCell(boolean[] mask, PixelSize picture) {
    int[] held = new int[cellsPerSide * cellsPerSide];
    for (int i = 0; i < mask.length; i++) {
      if (mask[i]) {
        held[cellOf(i % picture.width(), i / picture.width(), picture)]++;
      }
    }
    int fullest = 0;
    for (int cell = 1; cell < held.length; cell++) {
      if (held[cell] > held[fullest]) {
        fullest = cell;
      }
    }
    if (held[fullest] == 0) {
      throw new PrepareException(
          "the region mask is empty: set at least one pixel of the %dx%d picture"
              .formatted(picture.width(), picture.height()));
    }
    return fullest;
  }

  private int cellOf(int x, int y, PixelSize picture) {
    int column = (int) ((long) x * cellsPerSide / picture.width());
    int row = (int) ((long) y * cellsPerSide / picture.height());
    return row * cellsPerSide + column;
  }
}
