package io.sa2va.torch;

/**
 * Owns one tensor beyond the scope that made it: weights, KV caches, a memory bank's frames.
 *
 * <p>Closing it frees the tensor, unless an open scope still holds it. Closing twice does nothing.
 */
public final class Kept implements AutoCloseable {
  private final Tensor tensor;
  private boolean open = true;

  private Kept(Tensor tensor) {
    this.tensor = tensor;
  }

  /** Takes ownership of a tensor made in the innermost scope. */
  public static Kept of(Tensor tensor) {
    TensorScope.retain(tensor.handle());
    return new Kept(tensor);
  }

  /** The tensor, borrowed. */
  public Tensor tensor() {
    if (!open) {
      throw new IllegalStateException("this tensor was closed");
    }
    return tensor;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      TensorScope.release(tensor.handle());
    }
  }
}
