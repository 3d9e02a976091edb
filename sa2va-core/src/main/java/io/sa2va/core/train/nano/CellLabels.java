package io.sa2va.core.train.nano;

import io.sa2va.Mask;
import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.ShapeFacts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What there is to see in each cell of a picture: of the shape that covers most of it the colour,
 * the form, where its centre is and how large it is. An image token stands for 2×2 cells; cells are
 * counted token by token.
 */
final class CellLabels {
  static final int CELLS = 256;

  /** Of colours and of forms: none, or one of eight. */
  static final int CLASSES = 9;

  /** The way to the centre, x and y, and the radius. */
  static final int PLACE_VALUES = 3;

  static final int PER_CELL = 2 * CLASSES + PLACE_VALUES;
  static final int CELLS_PER_TOKEN = 4;

  /** Tokens along a side. */
  static final int TOKEN_GRID = 8;

  private static final int GRID = 2 * TOKEN_GRID;

  /** Of a cell's pixels: of less of a shape it does not speak. */
  private static final double LEAST_COVER = 0.2;

  /** Ways and radii are small parts of a picture. */
  private static final double PLACE_SCALE = 4;

  private final long[] colors = new long[CELLS];
  private final long[] kinds = new long[CELLS];
  private final float[] places = new float[CELLS * PLACE_VALUES];

  /** A part of a picture, in pixels. */
  record Crop(int x, int y, int width, int height) {}

  private CellLabels() {}

  /** What is to be seen in a part of a scene. */
  static CellLabels of(Scene scene, Crop crop) {
    CellLabels labels = new CellLabels();
    double[] best = new double[CELLS];
    Arrays.fill(best, LEAST_COVER);
    for (ShapeFacts shape : scene.shapes()) {
      double[] cover = cover(scene.mask(shape.index()), crop);
      for (int cell = 0; cell < CELLS; cell++) {
        if (cover[cell] > best[cell]) {
          best[cell] = cover[cell];
          labels.set(cell, shape, scene, crop);
        }
      }
    }
    return labels;
  }

  private void set(int cell, ShapeFacts shape, Scene scene, Crop crop) {
    int column = cell % GRID;
    int row = cell / GRID;
    double x = (shape.x() * scene.image().width() - crop.x()) / crop.width();
    double y = (shape.y() * scene.image().height() - crop.y()) / crop.height();
    int place = place(row, column);
    colors[place] = 1L + TargetDescriptor.number(shape.color());
    kinds[place] = 1L + TargetDescriptor.number(shape.kind());
    places[place * PLACE_VALUES] = (float) (PLACE_SCALE * (x - (column + 0.5) / GRID));
    places[place * PLACE_VALUES + 1] = (float) (PLACE_SCALE * (y - (row + 0.5) / GRID));
    places[place * PLACE_VALUES + 2] = (float) (PLACE_SCALE * shape.radius());
  }

  /** Where a cell comes, counted token by token. */
  private static int place(int row, int column) {
    int token = row / 2 * (GRID / 2) + column / 2;
    return token * CELLS_PER_TOKEN + row % 2 * 2 + column % 2;
  }

  private static double[] cover(Mask mask, Crop crop) {
    double[] cover = new double[CELLS];
    double pixel = (double) CELLS / ((double) crop.width() * crop.height());
    for (int y = 0; y < crop.height(); y++) {
      int row = y * GRID / crop.height();
      for (int x = 0; x < crop.width(); x++) {
        if (mask.get(crop.x() + x, crop.y() + y)) {
          cover[row * GRID + x * GRID / crop.width()] += pixel;
        }
      }
    }
    return cover;
  }

  /** Cells with a shape, or those without. */
  List<Integer> cells(boolean withShape) {
    return IntStream.range(0, CELLS).filter(i -> colors[i] > 0 == withShape).boxed().toList();
  }

  /** Numbers of the colours of cells, from 1, or 0 where there is no shape. */
  long[] colors(List<Integer> cells) {
    return cells.stream().mapToLong(cell -> colors[cell]).toArray();
  }

  /** Numbers of the forms of cells, from 1, or 0 where there is no shape. */
  long[] kinds(List<Integer> cells) {
    return cells.stream().mapToLong(cell -> kinds[cell]).toArray();
  }

  /** Tokens with a shape in at least half of their cells. */
  List<Integer> tokensWithShape() {
    return IntStream.range(0, CELLS / CELLS_PER_TOKEN)
        .filter(token -> cellsOf(token).size() >= CELLS_PER_TOKEN / 2)
        .boxed()
        .toList();
  }

  private List<Integer> cellsOf(int token) {
    return IntStream.range(token * CELLS_PER_TOKEN, (token + 1) * CELLS_PER_TOKEN)
        .filter(cell -> colors[cell] > 0)
        .boxed()
        .toList();
  }

  /** Numbers of the colours of tokens with a shape, from 1. */
  long[] tokenColors(List<Integer> tokens) {
    return colors(tokens.stream().map(token -> cellsOf(token).get(0)).toList());
  }

  /** Numbers of the forms of tokens with a shape, from 1. */
  long[] tokenKinds(List<Integer> tokens) {
    return kinds(tokens.stream().map(token -> cellsOf(token).get(0)).toList());
  }

  /** {@value #PLACE_VALUES} values for each of some cells. */
  float[] places(List<Integer> cells) {
    float[] values = new float[cells.size() * PLACE_VALUES];
    for (int i = 0; i < cells.size(); i++) {
      System.arraycopy(places, cells.get(i) * PLACE_VALUES, values, i * PLACE_VALUES, PLACE_VALUES);
    }
    return values;
  }
}
