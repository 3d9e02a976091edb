package io.sa2va.error;

/**
 * A video or a folder of frames cannot be read, is empty, or has frames that do not fit together.
 */
public final class InvalidVideoException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public InvalidVideoException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public InvalidVideoException(String message, Throwable cause) {
    super(message, cause);
  }
}
