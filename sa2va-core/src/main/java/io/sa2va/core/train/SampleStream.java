package io.sa2va.core.train;

import io.sa2va.error.InvalidRequestException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The samples of a run, one for each place of it. Which one that is follows from the seed and the
 * place alone; they are read ahead. Not thread-safe.
 */
final class SampleStream implements AutoCloseable {
  /** As in the reference: so many records in a row are not broken by accident. */
  private static final int MAX_ATTEMPTS = 1000;

  private final Dataset data;
  private final EpochOrder order;
  private final long seed;
  private final boolean skipBroken;
  private final Consumer<String> onSkipped;
  private final ReadAhead readAhead;
  private final Map<Long, Integer> attempts = new HashMap<>();
  private final Set<Long> skipped = new HashSet<>();

  /**
   * Starts at no place in particular.
   *
   * @param skipBroken whether another record takes the place of one that cannot be used
   * @param onSkipped is told of each such record once
   * @param places how many the run has
   * @param ahead how many samples are read ahead at most
   */
  SampleStream(
      Dataset data,
      long seed,
      boolean skipBroken,
      Consumer<String> onSkipped,
      long places,
      int ahead) {
    this.data = data;
    this.order = new EpochOrder(seed, data.size());
    this.seed = seed;
    this.skipBroken = skipBroken;
    this.onSkipped = onSkipped;
    this.readAhead = new ReadAhead(place -> read(place, 0), places, ahead);
  }

  /**
   * The sample of a place.
   *
   * @throws BrokenRecordException if its record cannot be used, unless such are skipped
   */
  Sample get(long place) {
    while (true) {
      int attempt = attempts.getOrDefault(place, 0);
      try {
        return attempt == 0 ? readAhead.get(place) : read(place, attempt);
      } catch (BrokenRecordException e) {
        replace(place, record(place, attempt), e);
      }
    }
  }

  private Sample read(long place, int attempt) {
    RandomGenerator random = RandomStreams.of(seed, place, attempt);
    return data.get(record(place, attempt, random), random);
  }

  private long record(long place, int attempt) {
    return record(place, attempt, RandomStreams.of(seed, place, attempt));
  }

  private long record(long place, int attempt, RandomGenerator random) {
    return attempt == 0 ? order.recordAt(place) : random.nextLong(data.size());
  }

  /**
   * Lets another record take a place from now on.
   *
   * @param reason why the present one is not learned from
   * @throws BrokenRecordException for that reason, unless broken records are skipped
   */
  void refuse(long place, InvalidRequestException reason) {
    int attempt = attempts.getOrDefault(place, 0);
    long record = record(place, attempt);
    replace(
        place,
        record,
        new BrokenRecordException("record " + record + ": " + reason.getMessage(), reason));
  }

  private void replace(long place, long record, BrokenRecordException reason) {
    if (!skipBroken) {
      throw reason;
    }
    if (attempts.merge(place, 1, Integer::sum) >= MAX_ATTEMPTS) {
      throw new BrokenRecordException(
          MAX_ATTEMPTS + " drawn records cannot be learned from; the last: " + reason.getMessage(),
          reason);
    }
    if (skipped.add(record)) {
      onSkipped.accept(String.valueOf(reason.getMessage()));
    }
  }

  /** Forgets what took which place; those places will not be asked for again. */
  void passed() {
    attempts.clear();
  }

  /** How many records cannot be used, among those that were met. */
  long skipped() {
    return skipped.size();
  }

  @Override
  public void close() {
    readAhead.close();
  }
}
