package io.sa2va.torch;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Owns every native object made on this thread while it is the innermost open scope, and frees them
 * on {@link #close()}.
 *
 * <p>Scopes nest: loops over tokens, layers and frames open one a turn. A tensor leaves a scope in
 * one of two ways only: {@link #handUp} gives it to the enclosing scope, {@link Kept} gives it an
 * owner of its own.
 *
 * <pre>{@code
 * try (TensorScope step = TensorScope.open()) {
 *   Tensor mask = decoder.forward(features, prompt).masks();
 *   return step.handUp(mask);
 * }
 * }</pre>
 *
 * <p>A scope belongs to the thread that opened it.
 */
public final class TensorScope implements AutoCloseable {
  static {
    Torch.initialize();
  }

  private static final ThreadLocal<@Nullable TensorScope> INNERMOST = new ThreadLocal<>();

  private final PointerScope pointers = new PointerScope();
  private final @Nullable TensorScope enclosing;
  private boolean open = true;

  private TensorScope(@Nullable TensorScope enclosing) {
    this.enclosing = enclosing;
  }

  /** Opens a scope inside the one that is open on this thread, if any. */
  public static TensorScope open() {
    TensorScope scope = new TensorScope(INNERMOST.get());
    INNERMOST.set(scope);
    return scope;
  }

  /** Gives a tensor of this scope to the enclosing one, and returns it. */
  public Tensor handUp(Tensor tensor) {
    if (enclosing == null) {
      throw new IllegalStateException("no enclosing scope takes this tensor: use Kept to own it");
    }
    enclosing.pointers.attach(tensor.handle());
    return tensor;
  }

  /** Refuses to make a tensor that no scope would free. */
  static void requireOpen() {
    if (INNERMOST.get() == null) {
      throw new IllegalStateException("open a TensorScope before making tensors on this thread");
    }
  }

  /** Gives a native object an owner besides its scope. */
  static void retain(Pointer pointer) {
    pointer.retainReference();
  }

  /** Takes back what {@link #retain} gave; frees the object when no scope holds it either. */
  static void release(Pointer pointer) {
    pointer.releaseReference();
  }

  /** Frees what this scope owns. Closing twice does nothing. */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    if (INNERMOST.get() != this) {
      throw new IllegalStateException(
          "close the inner scopes first, on the thread that opened them");
    }
    open = false;
    if (enclosing == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(enclosing);
    }
    pointers.close();
  }
}
