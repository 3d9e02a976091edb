package io.sa2va.benchmarks;

import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the machine can do at most, to compare the others with: prompts and pictures are bound by
 * matrix products, tokens by reading the weights.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CeilingBenchmark {
  private static final long SIDE = 2048;
  private static final long READ_VALUES = 128L << 20;

  private Kept left;
  private Kept right;
  private Kept large;

  @Setup
  public void make(BenchmarkModel which) {
    DType type = which.torchType();
    Tensors.manualSeed(0);
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      left = Kept.of(Tensors.randn(type, which.torchDevice(), SIDE, SIDE));
      right = Kept.of(Tensors.randn(type, which.torchDevice(), SIDE, SIDE));
      large = Kept.of(Tensors.full(1, DType.FLOAT32, which.torchDevice(), READ_VALUES));
    }
    Timed.requireFinite("the product", this::product);
    if (Timed.run(() -> large.tensor().sum()) != READ_VALUES) {
      throw new IllegalStateException("the sum is wrong");
    }
  }

  /** Work per second, beside the operations per second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public double gigaflop;
    public double gigabytes;

    @Setup(org.openjdk.jmh.annotations.Level.Iteration)
    public void reset() {
      gigaflop = 0;
      gigabytes = 0;
    }
  }

  @Benchmark
  public double multiply(Work work) {
    work.gigaflop += 2.0 * SIDE * SIDE * SIDE / 1e9;
    return Timed.run(this::product);
  }

  @Benchmark
  public double read(Work work) {
    work.gigabytes += READ_VALUES * DType.FLOAT32.bytes() / 1e9;
    return Timed.run(() -> large.tensor().sum());
  }

  private Tensor product() {
    return left.tensor().matmul(right.tensor());
  }

  @TearDown
  public void close() {
    left.close();
    right.close();
    large.close();
  }
}
