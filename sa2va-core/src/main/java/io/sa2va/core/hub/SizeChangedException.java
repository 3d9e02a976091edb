package io.sa2va.core.hub;

import java.io.IOException;

/** A file is not as large as the hub said it was. */
final class SizeChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  SizeChangedException(String message) {
    super(message);
  }
}
