package io.sa2va.error;

/** The device asked for is not there or failed. */
public final class DeviceException extends Sa2VAException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param message what went wrong, where, and what to do
   */
  public DeviceException(String message) {
    super(message);
  }

  /**
   * Makes one with its cause.
   *
   * @param message what went wrong, where, and what to do
   * @param cause what led to it
   */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
