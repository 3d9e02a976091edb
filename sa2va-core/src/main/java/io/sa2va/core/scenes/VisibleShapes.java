package io.sa2va.core.scenes;

import io.sa2va.Mask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Finds what shows of each shape when later ones lie on top of earlier ones. */
final class VisibleShapes {
  private final int width;
  private final int height;

  /** Samples hidden by the shapes seen so far, from the top down. */
  private final long[] taken;

  /** Pixels in a mask already; one half covered by each of two shapes is the upper one's. */
  private final BitSet given = new BitSet();

  private VisibleShapes(int width, int height) {
    this.width = width;
    this.height = height;
    this.taken = new long[width * height];
  }

  /**
   * Looks from the top down.
   *
   * @param shapes from the bottom to the top
   * @param coverages of the shapes
   */
  static List<VisibleShape> of(
      List<SceneShape> shapes, List<Coverage> coverages, int width, int height) {
    VisibleShapes seen = new VisibleShapes(width, height);
    List<VisibleShape> visible = new ArrayList<>();
    for (int i = shapes.size() - 1; i >= 0; i--) {
      visible.add(seen.see(shapes.get(i), coverages.get(i)));
    }
    Collections.reverse(visible);
    return List.copyOf(visible);
  }

  private VisibleShape see(SceneShape shape, Coverage coverage) {
    int bytesPerRow = (width + Byte.SIZE - 1) / Byte.SIZE;
    byte[] rows = new byte[bytesPerRow * height];
    long samples = 0;
    int area = 0;
    long sumX = 0;
    long sumY = 0;
    for (int y = coverage.top(); y < coverage.bottom(); y++) {
      for (int x = coverage.left(); x < coverage.right(); x++) {
        long shown = coverage.at(x, y) & ~taken[y * width + x];
        taken[y * width + x] |= shown;
        int count = Long.bitCount(shown);
        samples += count;
        if (2 * count >= Coverage.SAMPLES && !given.get(y * width + x)) {
          given.set(y * width + x);
          rows[y * bytesPerRow + x / Byte.SIZE] |= (byte) (0x80 >>> (x % Byte.SIZE));
          area++;
          sumX += x;
          sumY += y;
        }
      }
    }
    Mask mask = Mask.ofPackedRows(width, height, rows);
    double share = Math.min(1, samples / (Coverage.SAMPLES * shape.fullArea()));
    return area == 0
        ? new VisibleShape(mask, 0, share, shape.pose().x(), shape.pose().y())
        : new VisibleShape(
            mask, area, share, 0.5 + (double) sumX / area, 0.5 + (double) sumY / area);
  }
}
