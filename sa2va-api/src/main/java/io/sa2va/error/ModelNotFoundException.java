package io.sa2va.error;

/** There is no model under the given folder or hub name. */
public final class ModelNotFoundException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public ModelNotFoundException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public ModelNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
