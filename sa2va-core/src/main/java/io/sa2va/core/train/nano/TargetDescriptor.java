package io.sa2va.core.train.nano;

import io.sa2va.Mask;
import io.sa2va.core.scenes.ShapeColor;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.core.scenes.ShapeKind;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What has to be known of a target to tell its mask: how much of each cell of a coarse grid it
 * covers, and which colours and forms its shapes have. {@value #LENGTH} values from 0 to 1.
 *
 * <p>It is what {@code [SEG]} learns to say before there are masks to learn from, and what SAM2
 * learns to understand before there is a language model to say it.
 */
final class TargetDescriptor {
  private static final int GRID = 8;

  /** Of the grid, row by row. */
  static final int CELLS = GRID * GRID;

  private static final List<ShapeColor> COLORS = List.of(ShapeColor.values());
  private static final List<ShapeKind> KINDS = List.of(ShapeKind.values());

  /** Cells, colours, forms. */
  static final int LENGTH = CELLS + 8 + 8;

  /** Values of {@link #extent}. */
  static final int EXTENT = 3;

  private final float[] values = new float[LENGTH];

  /**
   * How far off a description is.
   *
   * @param x part of the picture's width, to the right
   * @param y part of its height, downwards
   */
  record Shift(double x, double y) {
    static final Shift NONE = new Shift(0, 0);
  }

  private TargetDescriptor() {}

  /**
   * Describes a target.
   *
   * @param masks what shows of it on one or several frames
   * @param shapes which the target has
   */
  static TargetDescriptor of(List<Mask> masks, List<ShapeFacts> shapes, Shift shift) {
    TargetDescriptor descriptor = new TargetDescriptor();
    masks.forEach(mask -> descriptor.addCoverage(mask, 1f / masks.size(), shift));
    for (ShapeFacts shape : shapes) {
      descriptor.values[CELLS + number(shape.color())] = 1;
      descriptor.values[CELLS + COLORS.size() + number(shape.kind())] = 1;
    }
    return descriptor;
  }

  /**
   * Describes several shapes together.
   *
   * @param masks of a shape on one or several frames, by its index
   */
  static TargetDescriptor ofAll(List<ShapeFacts> shapes, IntFunction<List<Mask>> masks) {
    return together(
        shapes.stream()
            .map(shape -> of(masks.apply(shape.index()), List.of(shape), Shift.NONE))
            .toList());
  }

  /** One description of several targets. */
  static TargetDescriptor together(List<TargetDescriptor> each) {
    TargetDescriptor all = new TargetDescriptor();
    for (TargetDescriptor one : each) {
      for (int i = 0; i < LENGTH; i++) {
        all.values[i] = Math.min(1, all.values[i] + one.values[i]);
      }
    }
    return all;
  }

  /**
   * How large the target is and where: the root of its part of the picture, and its middle from the
   * left and from the top, of 1. {@value #EXTENT} values.
   */
  float[] extent() {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int row = 0; row < GRID; row++) {
      for (int column = 0; column < GRID; column++) {
        float covered = values[row * GRID + column];
        sum += covered;
        x += covered * (column + 0.5) / GRID;
        y += covered * (row + 0.5) / GRID;
      }
    }
    return sum == 0
        ? new float[] {0, 0.5f, 0.5f}
        : new float[] {(float) Math.sqrt(sum / CELLS), (float) (x / sum), (float) (y / sum)};
  }

  /** How much of a cell the target covers, from 0 to 1. */
  float covered(int cell) {
    return values[cell];
  }

  /** A colour's number from 0. */
  static int number(ShapeColor color) {
    return COLORS.indexOf(color);
  }

  /** A form's number from 0. */
  static int number(ShapeKind kind) {
    return KINDS.indexOf(kind);
  }

  /** (N, {@value #LENGTH}). */
  static Tensor stack(List<TargetDescriptor> descriptors) {
    float[] all = new float[descriptors.size() * LENGTH];
    for (int i = 0; i < descriptors.size(); i++) {
      System.arraycopy(descriptors.get(i).values, 0, all, i * LENGTH, LENGTH);
    }
    return Tensors.of(all, descriptors.size(), LENGTH);
  }

  /** What each cell holds of a target, of all that cells hold: (N, {@value #LENGTH}) → (N, 64). */
  static Tensor shares(Tensor descriptors) {
    Tensor cells = descriptors.narrow(1, 0, CELLS);
    return cells.div(cells.sum(true, 1).clampMin(1e-6));
  }

  /** A map of some resolution as one vector a cell: (1, C, h, w) → (64, C). */
  static Tensor perCell(Tensor map) {
    return Functional.resizeBilinearAntialias(map, GRID, GRID)
        .flatten(2, 3)
        .squeeze(0)
        .transpose(0, 1)
        .contiguous();
  }

  private void addCoverage(Mask mask, float weight, Shift shift) {
    int[] columns = cellsOf(mask.width(), shift.x());
    int[] rows = cellsOf(mask.height(), shift.y());
    float pixel = weight * CELLS / ((float) mask.width() * mask.height());
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y)) {
          int cell = rows[y] * GRID + columns[x];
          values[cell] = Math.min(1, values[cell] + pixel);
        }
      }
    }
  }

  private static int[] cellsOf(int side, double shift) {
    int[] cells = new int[side];
    for (int i = 0; i < side; i++) {
      int cell = (int) Math.floor(((i + 0.5) / side + shift) * GRID);
      cells[i] = Math.max(0, Math.min(GRID - 1, cell));
    }
    return cells;
  }
}
