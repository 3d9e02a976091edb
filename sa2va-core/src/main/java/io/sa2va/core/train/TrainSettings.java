package io.sa2va.core.train;

/**
 * How a model learns.
 *
 * @param maskLoss compares masks
 * @param maxNorm mean gradients whose norm is above are made as long as this
 * @param layers what is kept of the language model's layers for the way back
 * @param seed of everything random
 */
public record TrainSettings(MaskLoss maskLoss, double maxNorm, LayerMemory layers, long seed) {
  public TrainSettings {
    if (maxNorm <= 0) {
      throw new IllegalArgumentException("maxNorm must be above 0, but was " + maxNorm);
    }
  }

  /** The reference's: points, a norm of 1, and layers that are computed again. */
  public static TrainSettings reference(long seed) {
    return new TrainSettings(
        new PointMaskLoss(UncertainPoints.reference()), 1, LayerMemory.RECOMPUTED, seed);
  }
}
