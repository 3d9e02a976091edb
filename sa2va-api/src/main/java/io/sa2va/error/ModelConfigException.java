package io.sa2va.error;

/**
 * A file that describes the model ({@code config.json}, the tokenizer's files) is missing, is not
 * what it should be, or lacks or mistakes a value.
 */
public final class ModelConfigException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public ModelConfigException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public ModelConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
