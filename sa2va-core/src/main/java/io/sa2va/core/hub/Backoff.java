package io.sa2va.core.hub;

import io.sa2va.Cancellation;
import io.sa2va.error.CancelledException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;

/**
 * When to try again after a failure of the network or of the hub, and how long to wait before:
 * doubling from one second to eight, or what the hub asks for.
 */
final class Backoff {
  /** Waits, in the real world by sleeping. */
  interface Pause {
    /** Waits that long, or until stopped. */
    void pause(Duration time, Cancellation stop);
  }

  private static final int RETRIES = 5;

  /** Where nobody listens, a long wait seldom helps. */
  private static final int CONNECT_RETRIES = 2;

  private static final Duration LONGEST = Duration.ofSeconds(8);

  /** Beyond this it is better to fail than to seem stuck. */
  private static final Duration LONGEST_ASKED_FOR = Duration.ofMinutes(5);

  private static final long SLICE_MILLIS = 50;

  /** An attempt that may fail. */
  interface Attempt<T> {
    T run() throws IOException;
  }

  private final Pause pause;

  Backoff(Pause pause) {
    this.pause = pause;
  }

  /** Waits in real time. */
  static Backoff sleeping() {
    return new Backoff(Backoff::sleep);
  }

  /** Runs until it succeeds or there have been too many failures; the last of them is thrown. */
  <T> T call(Attempt<T> attempt, Cancellation stop) throws IOException {
    for (int failures = 1; ; failures++) {
      try {
        return attempt.run();
      } catch (IOException e) {
        afterFailure(failures, e, stop);
      }
    }
  }

  /**
   * Waits after a failure, or throws it on if it is one too many.
   *
   * @param failures how many there have been in a row, with this one
   */
  void afterFailure(int failures, IOException failure, Cancellation stop) throws IOException {
    Duration wait = wait(failures, failure);
    if (failures > retries(failure) || wait.compareTo(LONGEST_ASKED_FOR) > 0) {
      throw failure;
    }
    pause.pause(wait, stop);
    Workers.requireRunning(stop);
  }

  private static int retries(IOException failure) {
    boolean unconnected =
        failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
    return unconnected ? CONNECT_RETRIES : RETRIES;
  }

  private static Duration wait(int failures, IOException failure) {
    if (failure instanceof TransientStatusException status && status.retryAfter() != null) {
      return status.retryAfter();
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  private static void sleep(Duration time, Cancellation stop) {
    long end = System.nanoTime() + time.toNanos();
    try {
      while (System.nanoTime() < end && !stop.isCancelled()) {
        Thread.sleep(SLICE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("Interrupted while waiting for the hub", e);
    }
  }
}
