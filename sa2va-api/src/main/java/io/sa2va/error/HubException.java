package io.sa2va.error;

/** A model could not be fetched from the hub: no connection, no permission, damaged download. */
public final class HubException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public HubException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public HubException(String message, Throwable cause) {
    super(message, cause);
  }
}
