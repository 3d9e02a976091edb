package io.sa2va.core.train;

/**
 * The losses of a micro-batch, weighted as in their sum.
 *
 * @param text mean cross entropy of the learned tokens
 * @param mask binary cross entropy of masks
 * @param dice Dice loss of masks
 */
public record LossValues(double text, double mask, double dice) {
  static final LossValues ZERO = new LossValues(0, 0, 0);

  public double total() {
    return text + mask + dice;
  }

  LossValues over(double count) {
    return new LossValues(text / count, mask / count, dice / count);
  }

  LossValues plus(LossValues other) {
    return new LossValues(text + other.text, mask + other.mask, dice + other.dice);
  }
}
