package io.sa2va.core.train;

import io.sa2va.TrainingValidation;
import java.util.List;

/**
 * Whether a run ends before its last step.
 *
 * @param patience how many validations in a row may be no better than the best before them; 0 for
 *     any number
 */
record EarlyStop(int patience) {
  /**
   * Looks at all validations of the run so far.
   *
   * @param validations in their order
   */
  boolean isDue(List<TrainingValidation> validations) {
    double best = Double.POSITIVE_INFINITY;
    int sinceBest = 0;
    for (TrainingValidation validation : validations) {
      double loss = validation.loss().total();
      sinceBest = loss < best ? 0 : sinceBest + 1;
      best = Math.min(best, loss);
    }
    return patience > 0 && sinceBest >= patience;
  }
}
