package io.sa2va.core.evaluate;

import io.sa2va.Answer;

/**
 * The share of objects that are not there for which the model drew no mask and said so: it answered
 * something, without a segment. What it said is not looked at. Not thread-safe.
 */
public final class AbsentRecall {
  private long right;
  private long count;

  /** Starts with nothing. */
  public AbsentRecall() {}

  /**
   * Adds the answer to a prompt for what is not there.
   *
   * @param answer the model's
   * @return whether it has words and no segment
   */
  public boolean add(Answer answer) {
    boolean refused = answer.segments().isEmpty() && !answer.text().isBlank();
    right += refused ? 1 : 0;
    count++;
    return refused;
  }

  /** How many answers were added. */
  public long count() {
    return count;
  }

  /** From 0 to 1; 0 while nothing was added. */
  public double value() {
    return count == 0 ? 0 : (double) right / count;
  }
}
