package io.sa2va.benchmarks;

import io.sa2va.Sa2VA;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.engine.ModelParts;
import io.sa2va.core.family.Families;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.EmptyWeights;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Loading a checkpoint whose files are in the page cache, and what that cannot do without: reading
 * the files once, and building the model without weights.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LoadBenchmark {
  private static final int BUFFER_BYTES = 8 << 20;

  @Setup
  public void check(BenchmarkModel model) throws IOException {
    if (load(model) == 0 || read(model) == 0 || build(model) == 0) {
      throw new IllegalStateException("a model without weights");
    }
  }

  /** The whole way, weights included. */
  @Benchmark
  public long load(BenchmarkModel model) {
    try (Sa2VA sa2va = Sa2VA.load(model.folder().toString(), model.options())) {
      return sa2va.info().weightBytes();
    }
  }

  /** Reads the weight files once, on one thread, through one buffer. */
  @Benchmark
  public long read(BenchmarkModel model) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long bytes = 0;
    for (Path file : CheckpointFiles.in(model.folder())) {
      try (FileChannel channel = FileChannel.open(file)) {
        for (int count = 0; count >= 0; count = channel.read(buffer.clear())) {
          bytes += count;
        }
      }
    }
    return bytes;
  }

  /** Configuration, tokenizer and all parts, with weights that have a shape only. */
  @Benchmark
  public long build(BenchmarkModel model) {
    Path folder = model.folder();
    ConfigNode config = ConfigNode.read(folder.resolve("config.json"));
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        WeightStore store =
            new WeightStore(new EmptyWeights(names(folder)), Device.META, model.torchType())) {
      ModelParts.build(Families.of(config), config, store.root())
          .networks()
          .family(folder, TokenizerReader.read(folder));
      return store.parameters();
    }
  }

  private static Set<String> names(Path folder) {
    try (SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(folder))) {
      return Set.copyOf(files.names());
    }
  }
}
