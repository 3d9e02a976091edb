package io.sa2va.core.scenes;

/** Whether words fit a shape; texts are made only where no shape is in doubt. */
enum Fit {
  YES,
  NO,
  /** Some would say so and some not. */
  UNSURE;

  /** Yes from a value on, no below another, which is less. */
  static Fit above(double value, double yesFrom, double noBelow) {
    if (value >= yesFrom) {
      return YES;
    }
    return value < noBelow ? NO : UNSURE;
  }

  Fit and(Fit other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == YES ? other : this;
  }
}
