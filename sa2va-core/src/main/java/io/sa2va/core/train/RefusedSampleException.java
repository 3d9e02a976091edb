package io.sa2va.core.train;

import io.sa2va.error.InvalidRequestException;

/** One sample of a micro-batch cannot be learned from. */
final class RefusedSampleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final InvalidRequestException reason;

  RefusedSampleException(int index, InvalidRequestException reason) {
    super(reason);
    this.index = index;
    this.reason = reason;
  }

  /** Which sample of the micro-batch. */
  int index() {
    return index;
  }

  InvalidRequestException reason() {
    return reason;
  }
}
