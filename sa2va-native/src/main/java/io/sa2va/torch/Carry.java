package io.sa2va.torch;

import java.util.function.UnaryOperator;

/**
 * One tensor that a loop carries from step to step, as the hidden state through the layers of a
 * transformer. Each step frees what it made besides its result, and then the previous tensor.
 *
 * <pre>{@code
 * try (Carry hidden = Carry.of(embeddings)) {
 *   layers.forEach(layer -> hidden.step(layer::forward));
 *   return norm.forward(hidden.tensor());
 * }
 * }</pre>
 *
 * <p>For one thread.
 */
public final class Carry implements AutoCloseable {
  private Kept current;

  private Carry(Kept current) {
    this.current = current;
  }

  public static Carry of(Tensor start) {
    return new Carry(Kept.of(start));
  }

  /** Replaces the tensor by what a function makes of it. */
  public void step(UnaryOperator<Tensor> function) {
    try (TensorScope turn = TensorScope.open()) {
      Kept next = Kept.of(function.apply(current.tensor()));
      current.close();
      current = next;
    }
  }

  /** The tensor, borrowed until the next step or {@link #close()}. */
  public Tensor tensor() {
    return current.tensor();
  }

  /** The tensor as one of the innermost scope, which lives on when this is closed. */
  public Tensor share() {
    return Tensor.wrap(new org.bytedeco.pytorch.Tensor(current.tensor().handle()));
  }

  @Override
  public void close() {
    current.close();
  }
}
