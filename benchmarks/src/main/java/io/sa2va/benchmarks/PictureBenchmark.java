package io.sa2va.benchmarks;

import io.sa2va.core.prepare.DynamicTiler;
import io.sa2va.core.prepare.Normalizer;
import io.sa2va.core.prepare.PillowResize;
import io.sa2va.core.prepare.RgbPixels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A picture of 1280x853 pixels, prepared for InternVL (7 tiles of 448) and for SAM2 (1024). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PictureBenchmark {
  private static final int TILE = 448;
  private static final int TILES = 7;
  private static final int SQUARE = 1024;

  private final DynamicTiler tiler = new DynamicTiler(1, 12, TILE, true);
  private final RgbPixels picture = Pictures.pixels(1280, 853);

  @Setup
  public void check() {
    require("tiles", tiles().length, TILES * 3 * TILE * TILE);
    require("square", square().length, 3 * SQUARE * SQUARE);
  }

  private static void require(String what, int values, int expected) {
    if (values != expected) {
      throw new IllegalStateException(what + ": " + values + " values instead of " + expected);
    }
  }

  @Benchmark
  public float[] tiles() {
    return Normalizer.imageNet().normalize(tiler.tile(picture));
  }

  @Benchmark
  public float[] square() {
    return Normalizer.sam2().normalize(PillowResize.bicubic(picture, SQUARE, SQUARE));
  }
}
