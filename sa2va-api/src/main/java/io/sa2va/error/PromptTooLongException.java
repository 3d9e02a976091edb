package io.sa2va.error;

/**
 * The prompt, with its pictures and the conversation so far, has more tokens than the model takes.
 */
public final class PromptTooLongException extends InvalidRequestException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public PromptTooLongException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public PromptTooLongException(String message, Throwable cause) {
    super(message, cause);
  }
}
