package io.sa2va.core.train;

import io.sa2va.error.InvalidRequestException;

/** A record of a data set cannot be learned from; the message names its file and position. */
public final class BrokenRecordException extends InvalidRequestException {
  private static final long serialVersionUID = 1L;

  public BrokenRecordException(String message) {
    super(message);
  }

  public BrokenRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
