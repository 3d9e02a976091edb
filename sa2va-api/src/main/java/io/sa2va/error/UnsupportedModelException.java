package io.sa2va.error;

/** The model is well described but of a kind that this library does not run. */
public final class UnsupportedModelException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public UnsupportedModelException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public UnsupportedModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
