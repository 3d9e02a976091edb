package io.sa2va.core.engine;

import io.sa2va.LoadOptions;
import io.sa2va.error.DeviceException;
import io.sa2va.error.InsufficientMemoryException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Torch;
import io.sa2va.torch.weights.SafetensorsWeights;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a model runs and in which type.
 *
 * @param reason the choice in words, for the log
 */
public record Placement(Device device, DType dtype, String reason) {
  /** Up to this size in float32 a model is quick in it anywhere, and exact. */
  private static final long SMALL_BYTES = 1L << 30;

  /**
   * The options' choice, or where they leave it open the best for these weights here, unsplit.
   *
   * @throws InsufficientMemoryException if they name a GPU that is too small
   */
  public static Placement choose(LoadOptions options, SafetensorsWeights weights) {
    Placement preferred = preferred(options, weights);
    long bytes = MemoryBudget.values(weights) * preferred.dtype().bytes();
    DeviceChoice choice = preferred.settle(options, () -> Map.of("weights", bytes));
    return preferred.on(choice.first(), options, weights);
  }

  /**
   * The same for devices that are empty. It stays as it is while models come and go.
   *
   * @throws DeviceException if the options name a GPU that is not there
   */
  static Placement preferred(LoadOptions options, SafetensorsWeights weights) {
    return of(device(options.device()), options, weights);
  }

  /**
   * The devices, by what is free now.
   *
   * @param bytes of each weight, by its name, in this type
   */
  DeviceChoice settle(LoadOptions options, Supplier<Map<String, Long>> bytes) {
    if (options.device().kind() == io.sa2va.Device.Kind.AUTO) {
      List<DevicePlan.Room> gpus = device.isCuda() ? DevicePlan.freeGpus() : List.of();
      return DeviceChoice.free(gpus.isEmpty() ? Map.of() : bytes.get(), gpus);
    }
    return device.isCuda()
        ? DeviceChoice.asked(bytes.get(), DevicePlan.Room.of(device.index()))
        : DeviceChoice.asked(device);
  }

  /** On a device that was settled on. */
  Placement on(Device settled, LoadOptions options, SafetensorsWeights weights) {
    return settled.equals(device) ? this : of(settled, options, weights);
  }

  private static Placement of(Device device, LoadOptions options, SafetensorsWeights weights) {
    boolean small = MemoryBudget.values(weights) * DType.FLOAT32.bytes() <= SMALL_BYTES;
    return switch (options.dtype()) {
      case FLOAT32 -> asked(device, DType.FLOAT32);
      case BFLOAT16 -> asked(device, DType.BFLOAT16);
      case FLOAT16 -> asked(device, DType.FLOAT16);
      case AUTO ->
          small
              ? new Placement(device, DType.FLOAT32, device + ", float32 since the model is small")
              : large(device);
    };
  }

  private static Placement asked(Device device, DType dtype) {
    return new Placement(device, dtype, device + ", " + publicType(dtype) + " as asked for");
  }

  private static Placement large(Device device) {
    if (device.isCuda()) {
      return new Placement(device, DType.BFLOAT16, device + ", bfloat16 as GPUs are fast at it");
    }
    return Torch.cpuHasBfloat16()
        ? new Placement(
            device, DType.BFLOAT16, device + ", bfloat16 since this processor multiplies it")
        : new Placement(
            device, DType.FLOAT32, device + ", float32 since this processor is slow at bfloat16");
  }

  private static Device device(io.sa2va.Device wanted) {
    int gpus = wanted.kind() == io.sa2va.Device.Kind.CPU ? 0 : Torch.cudaDevices();
    return switch (wanted.kind()) {
      case CPU -> Device.CPU;
      case AUTO -> gpus > 0 ? Device.cuda(0) : Device.CPU;
      case CUDA -> {
        if (wanted.index() >= gpus) {
          throw new DeviceException(
              "there is no device "
                  + wanted
                  + ": "
                  + gpus
                  + " CUDA devices are usable here; check the driver and that the GPU natives"
                  + " (pytorch with the classifier linux-x86_64-gpu) are on the class path");
        }
        yield Device.cuda(wanted.index());
      }
    };
  }

  static io.sa2va.DType publicType(DType dtype) {
    return io.sa2va.DType.valueOf(dtype.name());
  }

  static io.sa2va.Device publicDevice(Device device) {
    return device.isCuda() ? io.sa2va.Device.cuda(device.index()) : io.sa2va.Device.CPU;
  }
}
