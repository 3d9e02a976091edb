package io.sa2va.core.engine;

import io.sa2va.error.InsufficientMemoryException;
import io.sa2va.torch.Device;
import io.sa2va.torch.weights.WeightPlacement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The devices that a model goes to, by what its weights need and what GPUs have left.
 *
 * @param first where the model begins and ends
 * @param weights where each weight goes
 * @param reason the choice in words, for the log
 */
record DeviceChoice(Device first, WeightPlacement weights, String reason) {
  /** As the caller said, whatever there is. */
  static DeviceChoice asked(Device device) {
    return new DeviceChoice(device, weight -> device, "the device was asked for");
  }

  /**
   * A GPU that the caller named.
   *
   * @param bytes of each weight, by its name
   * @throws InsufficientMemoryException if the weights alone are too large for it
   */
  static DeviceChoice asked(Map<String, Long> bytes, DevicePlan.Room gpu) {
    if (total(bytes) > gpu.freeBytes()) {
      throw new InsufficientMemoryException(
          "the weights alone need %s in this type, but free are: %s; choose device auto, a smaller model, a shorter type or quantization"
              .formatted(gigabytes(total(bytes)), left(List.of(gpu))));
    }
    return asked(gpu.device());
  }

  /**
   * The first GPU that has room for all, else several together, else the CPU.
   *
   * @param bytes of each weight, by its name in the checkpoint; one entry for what cannot be split
   * @param gpus all that can be used
   */
  static DeviceChoice free(Map<String, Long> bytes, List<DevicePlan.Room> gpus) {
    if (gpus.isEmpty()) {
      return new DeviceChoice(Device.CPU, weight -> Device.CPU, "no CUDA GPU can be used here");
    }
    String need =
        "%s of weights and %s for computing"
            .formatted(gigabytes(total(bytes)), gigabytes(DevicePlan.RESERVE));
    return alone(bytes, gpus)
        .map(plan -> of(plan, "the first GPU with room for " + need))
        .or(() -> together(bytes, gpus).map(plan -> of(plan, split(plan, need))))
        .orElseGet(
            () ->
                new DeviceChoice(
                    Device.CPU,
                    weight -> Device.CPU,
                    "no GPU has room for " + need + ", free are: " + left(gpus)));
  }

  private static Optional<DevicePlan> alone(Map<String, Long> bytes, List<DevicePlan.Room> gpus) {
    return gpus.stream()
        .flatMap(gpu -> DevicePlan.fitting(bytes, List.of(gpu)).stream())
        .findFirst();
  }

  /** The emptiest first, so that few are needed. */
  private static Optional<DevicePlan> together(
      Map<String, Long> bytes, List<DevicePlan.Room> gpus) {
    return DevicePlan.fitting(
        bytes,
        gpus.stream()
            .sorted(Comparator.comparingLong(DevicePlan.Room::freeBytes).reversed())
            .toList());
  }

  private static DeviceChoice of(DevicePlan plan, String reason) {
    return new DeviceChoice(plan.first(), plan, reason);
  }

  private static String split(DevicePlan plan, String need) {
    return "split, " + plan + ", since no GPU alone has room for " + need;
  }

  private static long total(Map<String, Long> bytes) {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String left(List<DevicePlan.Room> gpus) {
    return gpus.stream()
        .map(gpu -> gpu.device() + " " + gigabytes(gpu.freeBytes()))
        .collect(Collectors.joining(", "));
  }

  private static String gigabytes(long bytes) {
    return "%.2f GB".formatted(bytes / 1e9);
  }
}
