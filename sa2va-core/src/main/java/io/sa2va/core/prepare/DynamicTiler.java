package io.sa2va.core.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * InternVL's tiling: the picture is stretched to the tile grid of the closest aspect ratio and cut
 * row by row; a thumbnail of the whole picture follows when there is more than one tile.
 *
 * <p>Reference: {@code dynamic_preprocess} and {@code find_closest_aspect_ratio} in
 * modeling_sa2va_chat.py. Immutable and thread-safe.
 */
public final class DynamicTiler {
  private static final int MOST_TILES = 1024;

  private final List<TileGrid> candidates;
  private final int tileSize;
  private final boolean useThumbnail;

  /**
   * Takes the checkpoint's settings.
   *
   * @param minTiles {@code min_dynamic_patch}, at least 1
   * @param maxTiles {@code max_dynamic_patch}, from minTiles to 1024
   * @param tileSize side of a tile in pixels: {@code force_image_size}
   * @param useThumbnail {@code use_thumbnail}
   * @throws IllegalArgumentException if a setting is out of range
   */
  public DynamicTiler(int minTiles, int maxTiles, int tileSize, boolean useThumbnail) {
    if (minTiles < 1 || maxTiles < minTiles || maxTiles > MOST_TILES) {
      throw new IllegalArgumentException(
          "the number of tiles must satisfy 1 <= min_dynamic_patch <= max_dynamic_patch <= %d,"
                  .formatted(MOST_TILES)
              + " but they are %d and %d".formatted(minTiles, maxTiles));
    }
    if (tileSize < 1) {
      throw new IllegalArgumentException("force_image_size must be positive, but was " + tileSize);
    }
    this.candidates = candidates(minTiles, maxTiles);
    this.tileSize = tileSize;
    this.useThumbnail = useThumbnail;
  }

  /**
   * The tiles, left to right and top to bottom, then the thumbnail; all are tileSize square.
   *
   * @throws PrepareException if the stretched picture exceeds 2^31 bytes
   */
  public List<RgbPixels> tile(RgbPixels picture) {
    TileGrid grid = gridFor(picture.width(), picture.height());
    RgbPixels stretched =
        PillowResize.bicubic(picture, grid.columns() * tileSize, grid.rows() * tileSize);
    List<RgbPixels> tiles = new ArrayList<>();
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        tiles.add(stretched.crop(column * tileSize, row * tileSize, tileSize, tileSize));
      }
    }
    if (useThumbnail && grid.tiles() > 1) {
      tiles.add(PillowResize.bicubic(picture, tileSize, tileSize));
    }
    return List.copyOf(tiles);
  }

  /**
   * The grid whose aspect ratio is closest to the picture's. Among equally close ones a later (so
   * not smaller) grid wins only if the picture has over half as many pixels as its tiles.
   */
  public TileGrid gridFor(int width, int height) {
    double aspectRatio = (double) width / height;
    double area = (double) width * height;
    double bestDifference = Double.POSITIVE_INFINITY;
    TileGrid best = candidates.get(0);
    for (TileGrid grid : candidates) {
      double difference = Math.abs(aspectRatio - grid.aspectRatio());
      boolean closer = difference < bestDifference;
      if (closer || (difference == bestDifference && area > halfTheArea(grid))) {
        bestDifference = difference;
        best = grid;
      }
    }
    return best;
  }

  private double halfTheArea(TileGrid grid) {
    return 0.5 * tileSize * tileSize * grid.columns() * grid.rows();
  }

  /** All grids of minTiles to maxTiles tiles, by area; those of one area in Python's order. */
  static List<TileGrid> candidates(int minTiles, int maxTiles) {
    PythonTileGridSet grids = new PythonTileGridSet();
    for (int longest = minTiles; longest <= maxTiles; longest++) {
      for (int columns = 1; columns <= longest; columns++) {
        for (int rows = 1; rows <= Math.min(longest, maxTiles / columns); rows++) {
          if (columns * rows >= minTiles) {
            grids.add(new TileGrid(columns, rows));
          }
        }
      }
    }
    List<TileGrid> byArea = grids.toList();
    byArea.sort(Comparator.comparingInt(TileGrid::tiles));
    return List.copyOf(byArea);
  }
}
