package io.sa2va.core.llm;

import io.sa2va.torch.Autograd;
import io.sa2va.torch.Kept;
import io.sa2va.torch.NoGrad;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;

/**
 * A way through a language model's layers that keeps only what each layer was given, and computes
 * the layer again on the way back, so that training holds the inner values of one layer at a time
 * (Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016).
 *
 * <p>The scope in which it was made must stay open until it is closed. What the input adds between
 * layers must have no history of its own.
 */
public final class Recomputation implements AutoCloseable {
  private final Decoder decoder;
  private final LmInput input;
  private final RotaryPositions rotations;
  private final IntConsumer beforeLayer;
  private final Deque<Kept> given = new ArrayDeque<>();
  private Kept last;

  Recomputation(
      Decoder decoder, LmInput input, RotaryPositions rotations, IntConsumer beforeLayer) {
    this.decoder = decoder;
    this.input = input;
    this.rotations = rotations;
    this.beforeLayer = beforeLayer;
    try (NoGrad off = NoGrad.begin();
        TensorScope scope = TensorScope.open()) {
      this.last = Kept.of(Autograd.detach(input.embeddings()));
      for (int layer = 0; layer < decoder.depth(); layer++) {
        given.push(last);
        last = forward(layer, last.tensor());
      }
    } catch (RuntimeException e) {
      given.forEach(Kept::close);
      throw e;
    }
    Autograd.requireGradient(last.tensor());
  }

  private Kept forward(int layer, Tensor x) {
    try (TensorScope turn = TensorScope.open()) {
      return Kept.of(compute(layer, x));
    }
  }

  private Tensor compute(int layer, Tensor x) {
    beforeLayer.accept(layer);
    try (KvCache cache = decoder.newCache(Math.toIntExact(x.size(1)))) {
      return decoder.layer(layer, x, input, cache, rotations);
    }
  }

  /** What the last layer gives (1, T, D); it collects its gradient as a parameter does. */
  Tensor lastLayer() {
    return last.tensor();
  }

  /** Goes back from the gradient that the last layer's result has collected to the parameters. */
  public void backward() {
    Kept gradient = gradientOf(last.tensor());
    try {
      for (int layer = decoder.depth() - 1; layer >= 0; layer--) {
        Kept before = backward(layer, gradient.tensor());
        gradient.close();
        gradient = before;
      }
      if (Autograd.requiresGradient(input.embeddings())) {
        Autograd.backward(input.embeddings(), gradient.tensor());
      }
    } finally {
      gradient.close();
    }
  }

  /** From the gradient of a layer's result to that of what it was given. */
  private Kept backward(int layer, Tensor gradient) {
    try (Kept x = given.pop();
        TensorScope turn = TensorScope.open()) {
      Tensor leaf = Autograd.requireGradient(Autograd.detach(x.tensor()));
      Autograd.backward(compute(layer, leaf), gradient);
      return gradientOf(leaf);
    }
  }

  private static Kept gradientOf(Tensor leaf) {
    try (TensorScope scope = TensorScope.open()) {
      return Kept.of(Autograd.gradient(leaf).orElseThrow());
    }
  }

  @Override
  public void close() {
    given.forEach(Kept::close);
    given.clear();
    last.close();
  }
}
