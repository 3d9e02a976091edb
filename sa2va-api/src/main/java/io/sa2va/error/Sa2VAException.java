package io.sa2va.error;

/** The root of all errors that this library raises of its own accord. */
public class Sa2VAException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public Sa2VAException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public Sa2VAException(String message, Throwable cause) {
    super(message, cause);
  }
}
