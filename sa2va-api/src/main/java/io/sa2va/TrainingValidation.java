package io.sa2va;

/**
 * How well a model does, in the middle of its training, on data that it does not learn from.
 *
 * @param step after which it was tried, from 1
 * @param loss mean over samples; of masks over those that have some
 */
public record TrainingValidation(long step, TrainingLoss loss) {}
