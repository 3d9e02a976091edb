package io.sa2va;

import java.time.Duration;

/**
 * One step of a run of training.
 *
 * @param step from 1
 * @param steps of the whole run
 * @param loss mean over the step's micro-batches
 * @param learningRate of this step
 * @param gradientNorm before it was clipped; where it is not finite, the step changed nothing
 * @param samplesPerSecond lately
 * @param remaining about how long the rest of the run will take
 */
public record TrainingStep(
    long step,
    long steps,
    TrainingLoss loss,
    double learningRate,
    double gradientNorm,
    double samplesPerSecond,
    Duration remaining) {}
