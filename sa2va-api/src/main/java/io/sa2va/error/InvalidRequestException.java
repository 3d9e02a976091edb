package io.sa2va.error;

/**
 * A question cannot be asked as it stands: empty prompt, region of the wrong size, option out of
 * range.
 */
public class InvalidRequestException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public InvalidRequestException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public InvalidRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
