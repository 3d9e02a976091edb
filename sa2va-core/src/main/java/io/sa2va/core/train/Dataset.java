package io.sa2va.core.train;

import java.util.random.RandomGenerator;

/**
 * Conversations to learn from, by number. Samples are read or made when they are asked for.
 * Implementations are safe to share by threads.
 */
public interface Dataset {
  /** How many samples there are, at least 1. */
  long size();

  /**
   * One sample.
   *
   * @param index from 0 to {@link #size()} - 1
   * @param random what is left to choice (wording, frames of a video); the same state gives the
   *     same sample
   * @throws BrokenRecordException if the record cannot be used
   */
  Sample get(long index, RandomGenerator random);
}
