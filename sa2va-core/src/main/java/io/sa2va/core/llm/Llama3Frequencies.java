package io.sa2va.core.llm;

/**
 * Llama 3.1's scaling ({@code llama3}): slow frequencies are divided by a factor, fast ones stay,
 * and those between are mixed.
 *
 * <p>Reference: {@code _compute_llama3_parameters} of transformers.
 *
 * @param factor at least 1
 * @param lowFactor a wave longer than the original context over this is slow
 * @param highFactor a wave shorter than the original context over this is fast
 * @param originalContext {@code original_max_position_embeddings}
 */
record Llama3Frequencies(
    PlainFrequencies plain, double factor, double lowFactor, double highFactor, int originalContext)
    implements RotaryFrequencies {
  @Override
  public float[] inverse(long sequenceLength) {
    float[] inverse = plain.inverse(sequenceLength);
    for (int i = 0; i < inverse.length; i++) {
      double turns = originalContext * inverse[i] / (2 * Math.PI);
      double kept = Math.min(1, Math.max(0, (turns - lowFactor) / (highFactor - lowFactor)));
      inverse[i] = (float) ((1 - kept) * inverse[i] / factor + kept * inverse[i]);
    }
    return inverse;
  }
}
