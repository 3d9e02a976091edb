package io.sa2va.examples.cli;

import io.sa2va.Cancellation;
import java.util.concurrent.CountDownLatch;

/** Lets a run that the terminal interrupts (Ctrl-C) save what it has before the process ends. */
final class SaveOnInterrupt implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Cancellation cancellation;
  private final Thread hook = new Thread(this::cancelAndWait, "save-on-interrupt");

  /**
   * Begins to watch.
   *
   * @param cancellation of the run
   */
  SaveOnInterrupt(Cancellation cancellation) {
    this.cancellation = cancellation;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void cancelAndWait() {
    cancellation.cancel();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run has ended. */
  @Override
  public void close() {
    done.countDown();
    if (!cancellation.isCancelled()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
