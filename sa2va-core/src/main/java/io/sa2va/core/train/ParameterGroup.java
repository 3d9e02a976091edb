package io.sa2va.core.train;

import java.util.function.Predicate;

/**
 * Parameters that are optimized alike.
 *
 * @param names which those are
 * @param rateFactor multiplies the learning rate
 * @param weightDecay per learning rate
 */
public record ParameterGroup(Predicate<String> names, double rateFactor, double weightDecay) {
  /** The reference's only group: everything, with a decay of 0.05. */
  public static ParameterGroup reference() {
    return new ParameterGroup(name -> true, 1, 0.05);
  }
}
