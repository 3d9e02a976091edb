package io.sa2va.benchmarks;

import io.sa2va.LoadOptions;
import io.sa2va.Quantization;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.engine.BundledModel;
import io.sa2va.core.engine.ModelParts;
import io.sa2va.core.engine.QuantizationChoice;
import io.sa2va.core.family.Families;
import io.sa2va.core.family.Family;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.Torch;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.nio.file.Path;
import java.util.Locale;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Which model is measured, and where it runs. */
@State(Scope.Benchmark)
public class BenchmarkModel {
  /** A checkpoint folder, or {@code bundled}. */
  @Param("bundled")
  public String model = "";

  /** {@code cpu}, {@code cuda} or {@code cuda:N}. */
  @Param("cpu")
  public String device = "";

  @Param("float32")
  public String dtype = "";

  /**
   * Of the language model's weights: {@code none}, {@code int8}, {@code int4}, {@code int4-g128}.
   */
  @Param("none")
  public String quantization = "none";

  /** Threads of one operation; 0 for as many as there are cores. */
  @Param("0")
  public int threads;

  Path folder() {
    return model.equals("bundled") ? BundledModel.folder() : Path.of(model);
  }

  LoadOptions options() {
    return LoadOptions.builder()
        .device(io.sa2va.Device.parse(device))
        .dtype(io.sa2va.DType.parse(dtype))
        .quantization(Quantization.parse(quantization))
        .threads(threads)
        .build();
  }

  /** Loads the parts, to be closed by the caller. */
  Opened open() {
    if (threads > 0) {
      Torch.setThreads(threads);
    }
    ConfigNode config = ConfigNode.read(folder().resolve("config.json"));
    Tokenizer tokenizer = TokenizerReader.read(folder());
    WeightStore store =
        new WeightStore(
            SafetensorsWeights.open(CheckpointFiles.in(folder())), torchDevice(), torchType());
    QuantizationChoice.method(Quantization.parse(quantization)).ifPresent(store::quantize);
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      ModelParts parts = ModelParts.build(Families.of(config), config, store.root());
      Family family = parts.networks().family(folder(), tokenizer);
      return new Opened(config, parts, family, store);
    }
  }

  Device torchDevice() {
    io.sa2va.Device wanted = io.sa2va.Device.parse(device);
    return wanted.kind() == io.sa2va.Device.Kind.CUDA ? Device.cuda(wanted.index()) : Device.CPU;
  }

  DType torchType() {
    return DType.valueOf(dtype.toUpperCase(Locale.ROOT));
  }

  /** A loaded model. */
  record Opened(ConfigNode config, ModelParts parts, Family family, WeightStore store)
      implements AutoCloseable {
    /** Normal values in the model's type, on its device; the same at each call. */
    Tensor random(long... shape) {
      Tensors.manualSeed(0);
      return Tensors.randn(store.dtype(), Device.CPU, shape).to(store.device());
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
