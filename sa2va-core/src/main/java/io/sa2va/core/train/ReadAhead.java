package io.sa2va.core.train;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Reads samples on a thread of its own before they are asked for, place by place. What a place has,
 * and how reading it fails, does not depend on when it is read. For one asking thread.
 */
final class ReadAhead implements AutoCloseable {
  private static final long LAST_READ_SECONDS = 10;

  private final LongFunction<Sample> reader;
  private final long places;
  private final int ahead;
  private final Map<Long, Future<Sample>> pending = new HashMap<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          new ThreadFactoryBuilder().setNameFormat("sa2va-samples").setDaemon(true).build());

  /**
   * Reads nothing yet.
   *
   * @param reader what a place has; called on the other thread
   * @param places how many will be asked for
   * @param ahead how many samples are kept at most besides the one that is asked for
   */
  ReadAhead(LongFunction<Sample> reader, long places, int ahead) {
    this.reader = reader;
    this.places = places;
    this.ahead = ahead;
  }

  /**
   * The sample of a place; those after it are read while it is learned from.
   *
   * @throws RuntimeException what reading it failed with
   */
  Sample get(long place) {
    pending.keySet().removeIf(other -> other < place || other > place + ahead);
    for (long next = place; next <= Math.min(place + ahead, places - 1); next++) {
      pending.computeIfAbsent(next, this::read);
    }
    Future<Sample> asked = pending.remove(place);
    return await(asked == null ? read(place) : asked);
  }

  private Future<Sample> read(long place) {
    return thread.submit(() -> reader.apply(place));
  }

  private static Sample await(Future<Sample> sample) {
    try {
      return Uninterruptibles.getUninterruptibly(sample);
    } catch (ExecutionException e) {
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException("reading a sample throws no checked exception", e);
    }
  }

  /** Reads no more; waits for the sample that is being read. */
  @Override
  public void close() {
    thread.shutdownNow();
    if (!Uninterruptibles.awaitTerminationUninterruptibly(
        thread, LAST_READ_SECONDS, TimeUnit.SECONDS)) {
      System.getLogger(ReadAhead.class.getName())
          .log(System.Logger.Level.WARNING, "a sample is still being read");
    }
  }
}
