package io.sa2va.core.text;

/**
 * A tokenizer's files are missing, damaged or of a kind that is not supported. The message names
 * the file, what was expected there and what to do.
 */
public final class TokenizerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TokenizerException(String message) {
    super(message);
  }

  public TokenizerException(String message, Throwable cause) {
    super(message, cause);
  }
}
