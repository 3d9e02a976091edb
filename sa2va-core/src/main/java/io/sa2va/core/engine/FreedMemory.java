package io.sa2va.core.engine;

import io.sa2va.torch.NativeMemory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives freed memory back to the system soon after a request. The C library keeps what a thread
 * freed for that thread, the JIT compiler's included, so that without this a process grows though
 * nothing is held. Thread-safe.
 */
final class FreedMemory {
  private static final long DELAY_MILLIS = 200;

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(DELAY_MILLIS, TimeUnit.MILLISECONDS);
  private static final AtomicBoolean PLANNED = new AtomicBoolean();

  private FreedMemory() {}

  /** Returns at once; many calls within a moment count as one. */
  static void giveBackSoon() {
    if (PLANNED.compareAndSet(false, true)) {
      LATER.execute(FreedMemory::giveBack);
    }
  }

  private static void giveBack() {
    PLANNED.set(false);
    NativeMemory.trim();
  }
}
