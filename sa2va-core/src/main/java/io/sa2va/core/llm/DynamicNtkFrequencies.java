package io.sa2va.core.llm;

/**
 * A base that grows with the sequence once it is longer than the model was trained for ({@code
 * dynamic}): theta · (factor · length / context - (factor - 1))^(width / (width - 2)).
 *
 * <p>Reference: {@code InternLM2DynamicNTKScalingRotaryEmbedding}. As there, keys that are in the
 * cache keep the rotation they got.
 *
 * @param factor at least 1
 * @param context {@code max_position_embeddings}
 */
record DynamicNtkFrequencies(PlainFrequencies plain, double factor, int context)
    implements RotaryFrequencies {
  @Override
  public float[] inverse(long sequenceLength) {
    if (sequenceLength <= context) {
      return plain.inverse(sequenceLength);
    }
    double width = plain.width();
    double growth = factor * sequenceLength / context - (factor - 1);
    double theta = plain.theta() * Math.pow(growth, width / (width - 2));
    return new PlainFrequencies(theta, plain.width()).inverse(sequenceLength);
  }
}
