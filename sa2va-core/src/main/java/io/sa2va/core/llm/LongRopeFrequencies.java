package io.sa2va.core.llm;

import java.util.List;

/**
 * Phi-3's scaling ({@code longrope}, once {@code su}): each frequency is divided by a factor of its
 * own, from one list up to the context of the original training and from another beyond it.
 *
 * <p>Reference: {@code Phi3SuScaledRotaryEmbedding}. As there, keys that are in the cache keep the
 * rotation they got when a sequence outgrows the original context.
 *
 * @param shortFactors one for each pair of values
 * @param longFactors one for each pair of values
 * @param originalContext {@code original_max_position_embeddings}
 * @param scale what rotated values are multiplied by
 */
record LongRopeFrequencies(
    PlainFrequencies plain,
    List<Double> shortFactors,
    List<Double> longFactors,
    int originalContext,
    double scale)
    implements RotaryFrequencies {
  @Override
  public float[] inverse(long sequenceLength) {
    List<Double> factors = sequenceLength > originalContext ? longFactors : shortFactors;
    float[] inverse = plain.positionsPerRadian();
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = 1 / (factors.get(i).floatValue() * inverse[i]);
    }
    return inverse;
  }

  /** The scale that keeps attention as sharp as it was, for a context that grew. */
  static double scale(int context, int originalContext) {
    double growth = (double) context / originalContext;
    return growth <= 1 ? 1 : Math.sqrt(1 + Math.log(growth) / Math.log(originalContext));
  }
}
