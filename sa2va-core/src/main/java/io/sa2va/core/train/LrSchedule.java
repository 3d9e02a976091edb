package io.sa2va.core.train;

/**
 * The learning rate over the micro-batches of a run: a linear warm-up, then half a cosine down to
 * 0.
 *
 * @param peak the highest rate
 * @param microBatches of the whole run, T
 * @param warmUp micro-batches W of the warm-up, below T
 */
public record LrSchedule(double peak, long microBatches, long warmUp) {
  /** The part of the peak that the warm-up begins with, and the part of the run that it takes. */
  private static final double START = 1e-5;

  private static final double WARM_UP_PART = 0.05;

  public LrSchedule {
    if (peak < 0 || microBatches < 1 || warmUp < 0 || warmUp >= microBatches) {
      throw new IllegalArgumentException(
          "the peak must not be negative, there must be at least one micro-batch, and fewer of the"
              + " warm-up than of the run, but they were %s, %d and %d"
                  .formatted(peak, microBatches, warmUp));
    }
  }

  /** The reference's: 4e-5 after a warm-up of a twentieth of the run. */
  public static LrSchedule reference(long microBatches) {
    return new LrSchedule(4e-5, microBatches, (long) (WARM_UP_PART * microBatches));
  }

  /**
   * The rate of an optimizer step.
   *
   * @param microBatch the last one before the step, from 0; after the run's last the rate is 0
   */
  public double at(long microBatch) {
    if (microBatch < warmUp) {
      double progress = warmUp == 1 ? 0 : (double) microBatch / (warmUp - 1);
      return peak * (START + (1 - START) * progress);
    }
    double progress = Math.min(1, (double) (microBatch - warmUp) / (microBatches - warmUp));
    return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
