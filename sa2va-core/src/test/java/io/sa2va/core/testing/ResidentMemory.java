package io.sa2va.core.testing;

import io.sa2va.torch.NativeMemory;

/** How much memory this process really holds. */
public final class ResidentMemory {
  private static final int SAMPLES = 25;
  private static final int PAUSE_MILLIS = 100;

  private ResidentMemory() {}

  /**
   * Bytes that stay when Java's garbage is gone: the least of some seconds, since the collector
   * gives its pages back little by little.
   */
  public static long settledBytes() {
    System.gc();
    long least = NativeMemory.residentBytes();
    try {
      for (int i = 0; i < SAMPLES; i++) {
        Thread.sleep(PAUSE_MILLIS);
        least = Math.min(least, NativeMemory.residentBytes());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return least;
  }

  /** Bytes of what is reachable on the Java heap. */
  public static long heapBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
