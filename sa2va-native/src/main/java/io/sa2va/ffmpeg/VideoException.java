package io.sa2va.ffmpeg;

/** A video file that cannot be read or written. The message says which, where and why. */
public final class VideoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VideoException(String message) {
    super(message);
  }

  public VideoException(String message, Throwable cause) {
    super(message, cause);
  }
}
