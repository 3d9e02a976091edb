package io.sa2va.torch;

import org.bytedeco.pytorch.GradMode;

/**
 * Stops the recording of operations for {@link Autograd} on this thread until closed: for
 * evaluating between training steps, and for writing to parameters.
 *
 * <p>Unlike {@link Inference} it may be opened inside a {@link TensorScope}, and its tensors may
 * take part in training later.
 */
public final class NoGrad implements AutoCloseable {
  static {
    Torch.initialize();
  }

  private final boolean before = GradMode.is_enabled();

  private NoGrad() {
    GradMode.set_enabled(false);
  }

  public static NoGrad begin() {
    return new NoGrad();
  }

  /** Records again, if it was so before. */
  @Override
  public void close() {
    GradMode.set_enabled(before);
  }
}
