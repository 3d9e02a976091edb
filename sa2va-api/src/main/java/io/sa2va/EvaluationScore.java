package io.sa2va;

/**
 * One number of an evaluation.
 *
 * @param measure what was measured, such as {@code cIoU}
 * @param part of what, such as {@code relation}, or {@link #ALL}
 * @param count of objects, questions or descriptions that were measured, at least 1
 * @param value from 0 to 1
 */
public record EvaluationScore(String measure, String part, long count, double value) {
  /** The part that is everything of a measure. */
  public static final String ALL = "all";
}
