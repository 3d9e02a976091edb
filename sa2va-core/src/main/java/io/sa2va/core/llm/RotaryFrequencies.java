package io.sa2va.core.llm;

/**
 * How far rotary position embedding turns each pair of values from one position to the next.
 * Immutable.
 */
public interface RotaryFrequencies {
  /**
   * Radians a position, of each pair.
   *
   * @param sequenceLength positions known so far, those of this call included; some scalings depend
   *     on it
   */
  float[] inverse(long sequenceLength);

  /** What rotated values are multiplied by. */
  default double scale() {
    return 1;
  }
}
