package io.sa2va.core.hub;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The hub answered that it cannot serve now (408, 429 or a 5xx); later it may. */
final class TransientStatusException extends IOException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  TransientStatusException(String message, @Nullable Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long the hub asks to wait, or null if it does not say. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
