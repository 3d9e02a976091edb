package io.sa2va.core.evaluate;

import io.sa2va.Mask;
import java.util.List;
import java.util.Optional;

/**
 * The mIoU of grounded conversations as the field reports it (GLaMM's and Sa2VA's metrics_gcg.py):
 * masks of a picture are paired one to one, always the best pair left, and a picture's score is the
 * mean over its pairs. Masks without a pair are not punished, and words do not matter. Not
 * thread-safe.
 */
public final class GroundedMeanIou {
  private double sum;
  private long count;

  /** Starts with nothing. */
  public GroundedMeanIou() {}

  /**
   * Adds a picture.
   *
   * @param predicted the masks of the answer
   * @param targets the true masks, of the same size
   * @return the picture's score, 0 to 1; 0 if there is no pair
   */
  public double add(List<Mask> predicted, List<Mask> targets) {
    double score = meanOfPairs(IouMatrix.of(targets, predicted));
    sum += score;
    count++;
    return score;
  }

  static double meanOfPairs(IouMatrix matrix) {
    double total = 0;
    int pairs = 0;
    for (Optional<IouMatrix.Pair> pair = matrix.takeBest();
        pair.isPresent();
        pair = matrix.takeBest()) {
      total += pair.get().iou();
      pairs++;
    }
    return pairs == 0 ? 0 : total / pairs;
  }

  /** How many pictures were added. */
  public long count() {
    return count;
  }

  /** From 0 to 1; 0 while nothing was added. */
  public double value() {
    return count == 0 ? 0 : sum / count;
  }
}
