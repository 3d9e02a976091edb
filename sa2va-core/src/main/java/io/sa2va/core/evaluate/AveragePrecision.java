package io.sa2va.core.evaluate;

import io.sa2va.Mask;
import java.util.ArrayList;
import java.util.List;

/**
 * The average precision of masks without scores, as COCO's evaluation computes it for one category
 * (cocoapi, cocoeval.py): predictions count in the order in which they are added, at most 100 of a
 * picture, and precision is averaged over 101 steps of recall. Not thread-safe.
 */
public final class AveragePrecision {
  private static final int MOST_PREDICTIONS = 100;
  private static final int RECALL_STEPS = 100;

  private final double threshold;

  /** For each prediction, whether it hit a true mask that none before it had hit. */
  private final List<Boolean> hits = new ArrayList<>();

  private long targetCount;

  /**
   * Starts with nothing.
   *
   * @param threshold the least intersection over union of a hit: 0.5 for AP50; AP is the mean over
   *     0.5, 0.55, … 0.95
   */
  public AveragePrecision(double threshold) {
    this.threshold = threshold;
  }

  /**
   * Adds a picture.
   *
   * @param predicted the masks of the answer
   * @param targets the true masks, of the same size
   */
  public void add(List<Mask> predicted, List<Mask> targets) {
    boolean[] taken = new boolean[targets.size()];
    predicted.stream()
        .limit(MOST_PREDICTIONS)
        .forEach(mask -> hits.add(takeBest(mask, targets, taken)));
    targetCount += targets.size();
  }

  private boolean takeBest(Mask mask, List<Mask> targets, boolean[] taken) {
    double best = threshold;
    int hit = -1;
    for (int i = 0; i < taken.length; i++) {
      double iou = taken[i] || targets.get(i).isEmpty() ? 0 : mask.iou(targets.get(i));
      if (iou >= best) { // of equal ones the last, as in cocoeval
        best = iou;
        hit = i;
      }
    }
    if (hit >= 0) {
      taken[hit] = true;
    }
    return hit >= 0;
  }

  /** How many true masks were added. */
  public long count() {
    return targetCount;
  }

  /** From 0 to 1; 0 while no true mask was added. */
  public double value() {
    if (targetCount == 0) {
      return 0;
    }
    double[] recall = new double[hits.size()];
    double[] precision = new double[hits.size()];
    int found = 0;
    for (int i = 0; i < recall.length; i++) {
      found += hits.get(i) ? 1 : 0;
      recall[i] = (double) found / targetCount;
      precision[i] = (double) found / (i + 1);
    }
    for (int i = precision.length - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i], precision[i + 1]);
    }
    return meanOverRecall(recall, precision);
  }

  private static double meanOverRecall(double[] recall, double[] precision) {
    double sum = 0;
    int at = 0;
    for (int step = 0; step <= RECALL_STEPS; step++) {
      while (at < recall.length && recall[at] < step / (double) RECALL_STEPS) {
        at++;
      }
      sum += at < recall.length ? precision[at] : 0;
    }
    return sum / (RECALL_STEPS + 1);
  }
}
