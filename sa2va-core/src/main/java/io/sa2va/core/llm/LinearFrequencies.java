package io.sa2va.core.llm;

/**
 * Positions divided by a factor ({@code linear}, position interpolation).
 *
 * @param factor at least 1
 */
record LinearFrequencies(PlainFrequencies plain, double factor) implements RotaryFrequencies {
  @Override
  public float[] inverse(long sequenceLength) {
    float[] inverse = plain.inverse(sequenceLength);
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] /= (float) factor;
    }
    return inverse;
  }
}
