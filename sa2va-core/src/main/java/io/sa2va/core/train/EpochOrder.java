package io.sa2va.core.train;

/**
 * In which order the records of a data set are learned from: in each epoch every record once, each
 * epoch in another order. It needs no memory, so that a data set may have any size, and any place
 * of a run can be found at once.
 *
 * <p>A permutation of the least power of 4 that holds all places, by a Feistel network; what falls
 * beyond the data set is permuted again (Black and Rogaway, "Ciphers with Arbitrary Finite
 * Domains", 2002).
 */
final class EpochOrder {
  private static final int ROUNDS = 6;

  private final long seed;
  private final long size;
  private final int halfBits;
  private final long halfMask;

  /**
   * An order.
   *
   * @param size of the data set, at least 1
   */
  EpochOrder(long seed, long size) {
    this.seed = seed;
    this.size = size;
    this.halfBits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(size - 1) + 1) / 2);
    this.halfMask = (1L << halfBits) - 1;
  }

  /** The record of a place of the run, counted through all epochs from 0. */
  long recordAt(long place) {
    long epoch = place / size;
    long record = place % size;
    do {
      record = permute(record, epoch);
    } while (record >= size);
    return record;
  }

  private long permute(long value, long epoch) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      long key = RandomStreams.mix(RandomStreams.mix(seed + epoch) + round);
      long mixed = left ^ (RandomStreams.mix(right ^ key) & halfMask);
      left = right;
      right = mixed;
    }
    return left << halfBits | right;
  }
}
