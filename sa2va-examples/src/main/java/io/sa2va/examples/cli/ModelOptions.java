package io.sa2va.examples.cli;

import io.sa2va.DType;
import io.sa2va.Device;
import io.sa2va.LoadOptions;
import io.sa2va.Quantization;
import io.sa2va.Sa2VA;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which model, and where and how it runs. */
final class ModelOptions {
  /** Operations of so small a model are over before several threads have met. */
  private static final int BUNDLED_THREADS = 1;

  @Option(
      names = "--model",
      paramLabel = "DIR|HUB_ID",
      description = "A checkpoint folder or a name on the hub; without it, the bundled model.")
  private @Nullable String model;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda|cuda:N",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description = "Where the model runs (default: a GPU if there is one, else the CPU).")
  private Device device = Device.AUTO;

  @Option(
      names = "--dtype",
      paramLabel = "auto|float32|bfloat16|float16",
      defaultValue = "auto",
      converter = DTypeConverter.class,
      description = "The type of the weights (default: ${DEFAULT-VALUE}).")
  private DType dtype = DType.AUTO;

  @Option(
      names = "--quantize",
      paramLabel = "none|int8|int4|int4-g128",
      defaultValue = "none",
      converter = QuantizationConverter.class,
      description = "Bits of the language model's weights (default: the checkpoint's own).")
  private Quantization quantization = Quantization.NONE;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Threads of one operation (default: as many as the machine has cores; one for the bundled"
              + " model).")
  private int threads;

  @Option(
      names = "--sam2",
      paramLabel = "FILE|DIR",
      description =
          "Published SAM2 Hiera-L weights (safetensors) that track, as Sa2VA-i does; train takes"
              + " them for a model that has none.")
  private @Nullable Path sam2;

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  /**
   * How to load.
   *
   * @param terminal where the progress of a download is drawn
   */
  LoadOptions options(PrintWriter terminal) {
    ProgressBar bar = new ProgressBar(terminal);
    LoadOptions.Builder options =
        LoadOptions.builder()
            .device(device)
            .dtype(dtype)
            .quantization(quantization)
            .onDownload(bar::show);
    int wanted = model == null && threads == 0 ? BUNDLED_THREADS : threads;
    Refusals.asBadUsage(spec, "--threads", () -> options.threads(wanted));
    if (sam2 != null) {
      options.sam2Weights(sam2);
    }
    return options.build();
  }

  /**
   * The model's name, for a command that cannot do with the bundled one.
   *
   * @throws CommandLine.ParameterException if it was not given
   */
  String requiredName() {
    if (model == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Missing required option: '--model=DIR|HUB_ID'");
    }
    return model;
  }

  /** Loads the model, fetching it first where needed. */
  Sa2VA load(LoadOptions options) {
    return model == null ? Sa2VA.loadBundled(options) : Sa2VA.load(model, options);
  }

  static final class DeviceConverter implements ITypeConverter<Device> {
    @Override
    public Device convert(String value) {
      try {
        return Device.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class QuantizationConverter implements ITypeConverter<Quantization> {
    @Override
    public Quantization convert(String value) {
      try {
        return Quantization.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class DTypeConverter implements ITypeConverter<DType> {
    @Override
    public DType convert(String value) {
      try {
        return DType.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
