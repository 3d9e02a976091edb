package io.sa2va.torch.weights;

import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fills weights on threads of its own while their model is being built: while one thread converts a
 * piece or copies it to the device, another reads the next one. Pieces are short, so that a large
 * weight is shared by the threads, no weight is in memory twice, and all stop soon.
 *
 * <p>Used by one thread, which closes it before it frees the weights.
 */
public final class WeightFiller implements AutoCloseable {
  private static final int MOST_THREADS = 4;
  private static final int POLL_MILLIS = 50;

  private final Runnable checkpoint;
  private final BlockingQueue<WeightPiece> pieces = new LinkedBlockingQueue<>();
  private final CountDownLatch running;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean complete;
  private volatile boolean stopped;
  private volatile @Nullable Throwable failure;

  /**
   * Starts the threads.
   *
   * @param count of threads, at least 1
   * @param checkpoint called often, by the thread that uses this; throws to end the loading
   */
  public WeightFiller(int count, Runnable checkpoint) {
    this.checkpoint = checkpoint;
    this.running = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::work, "sa2va-weights-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /** As many threads as help on this machine. */
  public static int usualThreads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /** Fills a contiguous part of a tensor, some time before {@link #finish()} returns. */
  void fill(Tensor target, long at, WeightSource source, String name, Tensor stored) {
    requireRunning();
    WeightPiece.split(target, at, source, name, stored).forEach(pieces::add);
  }

  /** Throws if the loading shall end, or a thread failed. */
  void requireRunning() {
    checkpoint.run();
    @Nullable Throwable seen = failure;
    if (seen instanceof WeightException e) {
      throw new WeightException(String.valueOf(e.getMessage()), e);
    }
    if (seen != null) {
      throw new WeightException("loading the weights failed: " + seen, seen);
    }
  }

  /**
   * Waits until all weights are filled. Nothing can be filled after that.
   *
   * @throws WeightException if one could not be read
   */
  void finish() {
    complete = true;
    boolean ended = false;
    while (!ended) {
      requireRunning();
      ended = await(POLL_MILLIS);
    }
    requireRunning();
  }

  private boolean await(long millis) {
    try {
      return running.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      checkpoint.run();
      throw new WeightException("interrupted while the weights were loaded", e);
    }
  }

  private void work() {
    try (Inference inference = Inference.begin();
        PieceBuffer buffer = new PieceBuffer()) {
      while (!stopped) {
        boolean last = complete;
        @Nullable WeightPiece piece = pieces.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (piece != null) {
          piece.fill(buffer);
        } else if (last) {
          return;
        }
      }
    } catch (Throwable e) {
      failure = e;
      stopped = true;
    } finally {
      running.countDown();
    }
  }

  /** Stops the threads, and waits for them. */
  @Override
  public void close() {
    stopped = true;
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
