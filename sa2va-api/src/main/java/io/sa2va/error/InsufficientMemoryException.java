package io.sa2va.error;

/** The machine or the device has too little memory for the model or the request. */
public final class InsufficientMemoryException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public InsufficientMemoryException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public InsufficientMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
