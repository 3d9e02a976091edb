package io.sa2va.torch;

import java.util.Optional;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * Gradients of what was computed from tensors that ask for them, outside {@link Inference}.
 *
 * <p>libtorch keeps what the way back needs, whatever becomes of the scopes in which it was made,
 * until the result is freed or {@link #backward(Tensor)} has used it.
 */
public final class Autograd {
  private Autograd() {}

  /**
   * Asks for the gradient of a tensor that was not computed from another such: a parameter. It must
   * not have been made in {@link Inference}, nor be a view.
   *
   * @return the same tensor
   */
  public static Tensor requireGradient(Tensor leaf) {
    leaf.handle().requires_grad_(true);
    return leaf;
  }

  /** Whether gradients flow through a tensor. */
  public static boolean requiresGradient(Tensor tensor) {
    return tensor.handle().requires_grad();
  }

  /** The same data without its history: no gradient flows back from it. */
  public static Tensor detach(Tensor tensor) {
    return Tensor.wrap(tensor.handle().detach());
  }

  /** Adds the gradient of a single value to each parameter that it was computed from. */
  public static void backward(Tensor value) {
    value.handle().backward();
  }

  /**
   * The same for a result of any shape.
   *
   * @param gradient of the final value with respect to the result, of the same shape
   */
  public static void backward(Tensor result, Tensor gradient) {
    result
        .handle()
        .backward(gradient.handle(), new BoolOptional(), false, new TensorArrayRefOptional());
  }

  /** The gradient that a parameter has collected, if any came. */
  public static Optional<Tensor> gradient(Tensor leaf) {
    org.bytedeco.pytorch.Tensor inside = leaf.handle().grad();
    // What lies inside the parameter would go with it: the caller gets a handle of its own.
    return inside.defined()
        ? Optional.of(Tensor.wrap(new org.bytedeco.pytorch.Tensor(inside)))
        : Optional.empty();
  }

  /** Lets a parameter forget its gradient. */
  public static void clearGradient(Tensor leaf) {
    try (TensorScope scope = TensorScope.open()) {
      leaf.handle().mutable_grad().reset();
    }
  }
}
