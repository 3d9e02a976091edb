package io.sa2va.core.train;

import java.time.Duration;

/** How fast a run has been lately. */
final class Pace {
  /** How much of an older rate a new step leaves. */
  private static final double MEMORY = 0.9;

  private double secondsPerStep;
  private long last = System.nanoTime();

  /** Forgets the time since the last step, which went into something else. */
  void restart() {
    last = System.nanoTime();
  }

  /** A step was made. */
  void step() {
    double seconds = (System.nanoTime() - last) / 1e9;
    secondsPerStep =
        secondsPerStep == 0 ? seconds : MEMORY * secondsPerStep + (1 - MEMORY) * seconds;
    restart();
  }

  /** The rate of things of which each step has so many. */
  double perSecond(long perStep) {
    return perStep / Math.max(secondsPerStep, 1e-9);
  }

  /** How long more steps will take. */
  Duration timeFor(long steps) {
    return Duration.ofMillis((long) (1000 * secondsPerStep * steps));
  }
}
