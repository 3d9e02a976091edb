package io.sa2va.benchmarks;

import io.sa2va.Sa2VA;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Loading a checkpoint whose files are in the page cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LoadBenchmark {
  @Setup
  public void check(BenchmarkModel model) {
    if (load(model) == 0) {
      throw new IllegalStateException("a model without weights");
    }
  }

  @Benchmark
  public long load(BenchmarkModel model) {
    try (Sa2VA sa2va = Sa2VA.load(model.folder().toString(), model.options())) {
      return sa2va.info().weightBytes();
    }
  }
}
