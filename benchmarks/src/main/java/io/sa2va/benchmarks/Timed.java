package io.sa2va.benchmarks;

import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.function.Supplier;

/** Runs what is measured: without gradients, freeing all that it makes, and to its very end. */
final class Timed {
  private Timed() {}

  /** Runs work until its result is there, which on a GPU is later than its return. */
  static double run(Supplier<Tensor> work) {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      return work.get().flatten(0, -1).select(0, 0).item();
    }
  }

  /** Runs work once and demands that its result is finite everywhere and not all the same. */
  static void requireFinite(String what, Supplier<Tensor> work) {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      Tensor result = work.get().to(DType.FLOAT32);
      double spread = result.sub(result.mean(false)).abs().sum().item();
      if (!Double.isFinite(spread) || spread == 0) {
        throw new IllegalStateException(what + " gave a result that cannot be right: " + result);
      }
    }
  }
}
