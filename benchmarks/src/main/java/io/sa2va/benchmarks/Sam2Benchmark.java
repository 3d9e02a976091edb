package io.sa2va.benchmarks;

import io.sa2va.core.engine.KeptFeatures;
import io.sa2va.core.sam2.Sam2;
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

/** From {@code [SEG]} to masks on a picture: projection, SAM2's encoder, its mask decoder. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Sam2Benchmark {
  @Param("1")
  public int objects;

  private BenchmarkModel.Opened model;
  private Sam2 sam2;
  private Kept picture;
  private Kept hidden;
  private Kept prompts;
  private KeptFeatures features;

  @Setup
  public void open(BenchmarkModel which) {
    model = which.open();
    sam2 = model.parts().sam2();
    long side = sam2.imageSize();
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      picture = Kept.of(model.random(1, 3, side, side));
      hidden = Kept.of(model.random(objects, model.family().languageModel().hiddenSize()));
      prompts = Kept.of(model.parts().projector().forward(hidden.tensor()));
      features = KeptFeatures.of(sam2.encode(picture.tensor()));
    }
    Timed.requireFinite("SAM2's encoder", () -> features.features().top());
    Timed.requireFinite("SAM2's mask decoder", this::masks);
  }

  @Benchmark
  public double project() {
    return Timed.run(() -> model.parts().projector().forward(hidden.tensor()));
  }

  @Benchmark
  public double encode() {
    return Timed.run(() -> sam2.encode(picture.tensor()).top());
  }

  @Benchmark
  public double decode() {
    return Timed.run(this::masks);
  }

  private Tensor masks() {
    return sam2.decode(features.features(), prompts.tensor()).masks();
  }

  @TearDown
  public void close() {
    features.close();
    prompts.close();
    hidden.close();
    picture.close();
    model.close();
  }
}
