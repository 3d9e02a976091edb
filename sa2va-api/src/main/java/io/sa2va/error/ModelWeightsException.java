package io.sa2va.error;

/**
 * A weight file is missing, truncated or has a header that does not fit it, or a weight is missing,
 * left over or of the wrong shape.
 */
public final class ModelWeightsException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public ModelWeightsException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public ModelWeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
