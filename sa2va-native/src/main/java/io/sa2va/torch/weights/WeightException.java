package io.sa2va.torch.weights;

import io.sa2va.torch.TorchException;

/** A weight file, or a weight in it, is not what the model needs. The message names it. */
public final class WeightException extends TorchException {
  private static final long serialVersionUID = 1L;

  public WeightException(String message) {
    super(message);
  }

  public WeightException(String message, Throwable cause) {
    super(message, cause);
  }
}
