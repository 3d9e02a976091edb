package io.sa2va.torch;

import org.bytedeco.pytorch.InferenceMode;

/**
 * Switches libtorch's gradient bookkeeping off on this thread until closed.
 *
 * <p>The switch is a property of the thread: each thread that computes opens its own, before any
 * {@link TensorScope}, and closes it last.
 */
public final class Inference implements AutoCloseable {
  static {
    Torch.initialize();
  }

  private final InferenceMode mode = new InferenceMode(true);

  private Inference() {}

  public static Inference begin() {
    return new Inference();
  }

  @Override
  public void close() {
    mode.close();
  }
}
