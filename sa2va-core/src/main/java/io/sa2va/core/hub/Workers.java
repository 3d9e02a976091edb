package io.sa2va.core.hub;

import io.sa2va.Cancellation;
import io.sa2va.error.CancelledException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A few threads that work on a list of tasks while the caller watches. The first failure, the
 * caller's interrupt and its cancellation stop all tasks; they are told through {@link #stop()} and
 * never interrupted, since an interrupt would close the files they write.
 */
final class Workers implements AutoCloseable {
  private static final long TICK_MILLIS = 100;

  /** Tasks notice a stop within tens of milliseconds; one stuck in the system is left behind. */
  private static final long PATIENCE_MILLIS = 800;

  private final Cancellation outer;
  private final Cancellation stop = new Cancellation();
  private final ExecutorService pool;

  Workers(int threads, Cancellation outer) {
    this.outer = outer;
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "sa2va-hub");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Throws if a cancellation was asked for. */
  static void requireRunning(Cancellation stop) {
    if (stop.isCancelled()) {
      throw new CancelledException(
          "The download was cancelled; what was fetched is kept, and the next download goes on from there");
    }
  }

  /** What tasks must look at often. */
  Cancellation stop() {
    return stop;
  }

  /** Runs one task. */
  <T> T run(Callable<T> task) throws IOException {
    return run(List.of(task), () -> {}).get(0);
  }

  /**
   * Runs tasks at once, as many as there are threads.
   *
   * @param tick called on this thread several times a second and after each task
   * @return the results, in the order of the tasks
   */
  <T> List<T> run(List<? extends Callable<T>> tasks, Runnable tick) throws IOException {
    CompletionService<T> ready = new ExecutorCompletionService<>(pool);
    List<Future<T>> futures = new ArrayList<>();
    try {
      for (Callable<T> task : tasks) {
        futures.add(ready.submit(task));
      }
      for (int left = tasks.size(); left > 0; ) {
        requireRunning(outer);
        Future<T> done = ready.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        tick.run();
        if (done != null) {
          done.get();
          left--;
        }
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw rethrow(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "The download was interrupted; what was fetched is kept, and the next download goes on from there",
          e);
    }
  }

  private static IOException rethrow(Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof IOException e ? e : new IOException(cause);
  }

  /** Stops all tasks and waits until they have let go of their files. */
  @Override
  public void close() {
    stop.cancel();
    pool.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      pool.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
