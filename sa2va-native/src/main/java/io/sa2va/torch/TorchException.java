package io.sa2va.torch;

/** Something that libtorch, a device or a weight file refused. The message says what and where. */
public class TorchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TorchException(String message) {
    super(message);
  }

  public TorchException(String message, Throwable cause) {
    super(message, cause);
  }
}
