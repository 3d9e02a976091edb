package io.sa2va.benchmarks;

import io.sa2va.core.engine.KeptFeatures;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.VideoTracker;
import io.sa2va.torch.Inference;
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

/**
 * One frame of a video after its encoding, when the memory is full: five key frames, and as many
 * tracked ones as are remembered.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrackingBenchmark {
  private static final int KEY_FRAMES = 5;

  /** Object pointers are read up to 15 frames back. */
  private static final int TRACKED_FRAMES = 15;

  @Param("1")
  public int objects;

  private BenchmarkModel.Opened model;
  private KeptFeatures features;
  private VideoTracker tracker;
  private int frame;

  @Setup
  public void open(BenchmarkModel which) {
    model = which.open();
    Sam2 sam2 = model.parts().sam2();
    long side = sam2.imageSize();
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      features = KeptFeatures.of(sam2.encode(model.random(1, 3, side, side)));
      tracker = sam2.open(model.random(objects, sam2.hiddenDim()));
      while (frame < KEY_FRAMES) {
        tracker.addKeyFrame(frame++, features.features());
      }
    }
    while (frame < KEY_FRAMES + TRACKED_FRAMES) {
      Timed.requireFinite("tracking", this::next);
    }
  }

  @Benchmark
  public double track() {
    return Timed.run(this::next);
  }

  private Tensor next() {
    return tracker.track(frame++, features.features()).masks();
  }

  @TearDown
  public void close() {
    tracker.close();
    features.close();
    model.close();
  }
}
