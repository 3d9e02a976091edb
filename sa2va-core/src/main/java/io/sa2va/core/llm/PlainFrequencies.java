package io.sa2va.core.llm;

/**
 * The original frequencies: pair i of n turns by theta^(-i/n).
 *
 * @param theta {@code rope_theta}, above 1
 * @param width how many values of a head are rotated; even
 */
public record PlainFrequencies(double theta, int width) implements RotaryFrequencies {
  @Override
  public float[] inverse(long sequenceLength) {
    float[] inverse = positionsPerRadian();
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = 1 / inverse[i];
    }
    return inverse;
  }

  /** theta^(i/n) of each pair i: how many positions it takes to turn by one radian. */
  float[] positionsPerRadian() {
    float[] positions = new float[width / 2];
    for (int i = 0; i < positions.length; i++) {
      float exponent = 2f * i / width;
      positions[i] = (float) Math.pow(theta, exponent);
    }
    return positions;
  }
}
