package io.sa2va;

/**
 * Stops a request, a download or the loading of a model from another thread.
 *
 * <p>Thread-safe. Cancelling is final: use a new one for the next request. A request ends at its
 * next step (a token, a frame), not at once.
 */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Makes one that is not cancelled. */
  public Cancellation() {}

  /** Asks the request to stop. Calling twice does nothing. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Tells whether {@link #cancel()} was called.
   *
   * @return true from then on
   */
  public boolean isCancelled() {
    return cancelled;
  }
}
