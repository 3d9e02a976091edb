package io.sa2va;

/**
 * How a run of training ended.
 *
 * @param steps that were made, those before an interruption included
 * @param stoppedEarly whether it ended because validations became no better
 * @param skipped records that cannot be used, among those met since the run was started or resumed
 */
public record TrainingResult(long steps, boolean stoppedEarly, long skipped) {}
