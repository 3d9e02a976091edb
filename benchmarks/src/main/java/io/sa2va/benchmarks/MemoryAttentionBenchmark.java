package io.sa2va.benchmarks;

import io.sa2va.core.sam2.Sam2Config;
import io.sa2va.core.sam2.memory.Memory;
import io.sa2va.core.sam2.memory.MemoryAttention;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A frame's features attend to those of remembered frames. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MemoryAttentionBenchmark {
  /** Remembered frames: SAM2 alone has 7, Sa2VA 11, since all five key frames stay. */
  @Param({"7", "11"})
  public int frames;

  @Param("1")
  public int objects;

  private BenchmarkModel.Opened model;
  private MemoryAttention attention;
  private Kept frame;
  private Kept tokens;
  private Kept positions;

  @Setup
  public void open(BenchmarkModel which) {
    model = which.open();
    Sam2Config config = Sam2Config.read(model.config());
    long side = config.featureSide();
    long cells = side * side;
    long width = config.memory().width();
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      attention =
          new MemoryAttention(
              config.memory(),
              model.store().root().at("grounding_encoder.sam2_model.memory_attention"),
              config.hiddenDim(),
              config.featureSide());
      frame = Kept.of(model.random(1, config.hiddenDim(), side, side));
      tokens = Kept.of(model.random(objects, frames * cells, width));
      positions = Kept.of(model.random(1, frames * cells, width));
    }
    Timed.requireFinite("memory attention", this::conditioned);
  }

  @Benchmark
  public double attend() {
    return Timed.run(this::conditioned);
  }

  private Tensor conditioned() {
    return attention.forward(frame.tensor(), new Memory(tokens.tensor(), positions.tensor(), 0));
  }

  @TearDown
  public void close() {
    positions.close();
    tokens.close();
    frame.close();
    model.close();
  }
}
