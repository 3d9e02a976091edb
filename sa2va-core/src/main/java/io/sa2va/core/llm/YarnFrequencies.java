package io.sa2va.core.llm;

/**
 * YaRN ({@code yarn}): pairs that turn seldom within the original context are slowed down by a
 * factor, those that turn often stay, and those between are mixed.
 *
 * <p>Source: "YaRN: Efficient Context Window Extension of Large Language Models", section 3.2;
 * reference: {@code _compute_yarn_parameters} of transformers.
 *
 * @param factor at least 1
 * @param originalContext positions of the original training
 * @param betaFast turns from which a pair stays as it is
 * @param betaSlow turns up to which a pair is slowed down by the whole factor
 * @param scale what rotated values are multiplied by
 */
record YarnFrequencies(
    PlainFrequencies plain,
    double factor,
    int originalContext,
    double betaFast,
    double betaSlow,
    double scale)
    implements RotaryFrequencies {
  @Override
  public float[] inverse(long sequenceLength) {
    float[] inverse = plain.inverse(sequenceLength);
    double from = Math.max(0, Math.floor(pairOfTurns(betaFast)));
    double to = Math.min(plain.width() - 1, Math.ceil(pairOfTurns(betaSlow)));
    double range = from == to ? 0.001 : to - from;
    for (int i = 0; i < inverse.length; i++) {
      double slowed = Math.min(1, Math.max(0, (i - from) / range));
      inverse[i] = (float) (slowed * inverse[i] / factor + (1 - slowed) * inverse[i]);
    }
    return inverse;
  }

  /** The pair, a fractional number, that makes so many turns within the original context. */
  private double pairOfTurns(double turns) {
    return plain.width()
        * Math.log(originalContext / (turns * 2 * Math.PI))
        / (2 * Math.log(plain.theta()));
  }

  /** The paper's scale for a factor. */
  static double scale(double factor) {
    return factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1;
  }
}
