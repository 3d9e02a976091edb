package io.sa2va.core.evaluate;

import io.sa2va.Mask;
import java.util.List;
import java.util.Optional;

/**
 * The intersections over unions of each true mask (row) with each predicted one (column), from
 * which the best pair is taken again and again. Two empty masks have nothing in common. Not
 * thread-safe.
 */
final class IouMatrix {
  private final double[][] iou;

  /** Takes the values as its own. */
  IouMatrix(double[][] iou) {
    this.iou = iou;
  }

  static IouMatrix of(List<Mask> targets, List<Mask> predicted) {
    double[][] iou = new double[targets.size()][predicted.size()];
    for (int row = 0; row < iou.length; row++) {
      for (int column = 0; column < iou[row].length; column++) {
        Mask target = targets.get(row);
        iou[row][column] = target.isEmpty() ? 0 : target.iou(predicted.get(column));
      }
    }
    return new IouMatrix(iou);
  }

  /** A true mask and a predicted one. */
  record Pair(int target, int predicted, double iou) {}

  /** The best pair that is left, the first of equal ones; empty if none has anything in common. */
  Optional<Pair> takeBest() {
    Pair best = new Pair(0, 0, 0);
    for (int row = 0; row < iou.length; row++) {
      for (int column = 0; column < iou[row].length; column++) {
        if (iou[row][column] > best.iou()) {
          best = new Pair(row, column, iou[row][column]);
        }
      }
    }
    if (best.iou() == 0) {
      return Optional.empty();
    }
    strike(best);
    return Optional.of(best);
  }

  private void strike(Pair pair) {
    for (int row = 0; row < iou.length; row++) {
      for (int column = 0; column < iou[row].length; column++) {
        if (row == pair.target() || column == pair.predicted()) {
          iou[row][column] = 0;
        }
      }
    }
  }
}
