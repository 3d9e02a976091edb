package io.sa2va;

/**
 * What is made small by learning.
 *
 * @param text mean cross entropy of the answers' tokens
 * @param mask binary cross entropy of masks, weighted; 0 without masks
 * @param dice Dice loss of masks, weighted; 0 without masks
 */
public record TrainingLoss(double text, double mask, double dice) {
  /**
   * The sum.
   *
   * @return what the gradients are of
   */
  public double total() {
    return text + mask + dice;
  }
}
