package io.sa2va.error;

/** A picture cannot be read or is not one. */
public final class InvalidImageException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public InvalidImageException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public InvalidImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
