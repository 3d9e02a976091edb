package io.sa2va;

import io.sa2va.error.InvalidRequestException;

/** Range checks of request options, with one wording. */
final class Checks {
  private Checks() {}

  static int atLeast(String name, int least, int value) {
    if (value < least) {
      throw new InvalidRequestException(name + " must be at least " + least + ", but was " + value);
    }
    return value;
  }

  /** Also refuses NaN. */
  static double between(String name, double least, double most, double value) {
    if (!(value >= least && value <= most)) {
      throw new InvalidRequestException(
          name + " must be between " + least + " and " + most + ", but was " + value);
    }
    return value;
  }

  /** Also refuses NaN. */
  static double aboveUpTo(String name, double below, double most, double value) {
    if (!(value > below && value <= most)) {
      throw new InvalidRequestException(
          name + " must be above " + below + " and at most " + most + ", but was " + value);
    }
    return value;
  }
}
