package io.sa2va.benchmarks;

import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.torch.Tensor;
import java.util.List;
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

/** A picture to image tokens: its preparation, the vision tower and the projector. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class VisionBenchmark {
  /** A square picture is one tile of InternVL's, a picture of 3:2 is seven. */
  @Param({"448x448", "672x448"})
  public String size = "";

  private BenchmarkModel.Opened model;
  private RgbPixels picture;

  @Setup
  public void open(BenchmarkModel which) {
    model = which.open();
    String[] sides = size.split("x", 2);
    picture = Pictures.pixels(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    Timed.requireFinite("the vision tower", this::features);
  }

  @Benchmark
  public double encode() {
    return Timed.run(this::features);
  }

  private Tensor features() {
    return model.family().encodePicture(picture, List.of()).features();
  }

  @TearDown
  public void close() {
    model.close();
  }
}
