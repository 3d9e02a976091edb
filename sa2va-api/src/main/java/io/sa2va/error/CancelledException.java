package io.sa2va.error;

/** The request was cancelled before there was an answer to give back. */
public final class CancelledException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public CancelledException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public CancelledException(String message, Throwable cause) {
    super(message, cause);
  }
}
