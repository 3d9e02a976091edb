package io.sa2va.core.llm;

/**
 * The original frequencies: pair i of n turns by theta^(-i/n).
 *
 * @param theta {@code rope_theta}
 * @param width how many values of a head are rotated; even
 */
public record PlainFrequencies(double theta, int width) implements RotaryFrequencies {
  @Override
  public float[] inverse(long sequenceLength) {
    float[] inverse = new float[width / 2];
    for (int i = 0; i < inverse.length; i++) {
      float exponent = 2f * i / width;
      inverse[i] = 1 / (float) Math.pow(theta, exponent);
    }
    return inverse;
  }
}
