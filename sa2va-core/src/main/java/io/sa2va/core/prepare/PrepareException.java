package io.sa2va.core.prepare;

/** A picture or a region that the model cannot be given; the message says which limit it breaks. */
public final class PrepareException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PrepareException(String message) {
    super(message);
  }
}
