package io.sa2va.core.train;

import io.sa2va.TrainingLoss;
import io.sa2va.TrainingValidation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The losses of a run so far. Not thread-safe. */
final class LossHistory {
  private final List<Point> steps = new ArrayList<>();
  private final List<TrainingValidation> validations = new ArrayList<>();

  /**
   * The loss of a step.
   *
   * @param step from 1
   */
  record Point(long step, TrainingLoss loss) {}

  void add(long step, TrainingLoss loss) {
    steps.add(new Point(step, loss));
  }

  void add(TrainingValidation validation) {
    validations.add(validation);
  }

  /** In the order of the run. */
  List<Point> steps() {
    return Collections.unmodifiableList(steps);
  }

  /** In the order of the run. */
  List<TrainingValidation> validations() {
    return Collections.unmodifiableList(validations);
  }
}
