package io.sa2va.core.engine;

import io.sa2va.LoadOptions;
import io.sa2va.error.InsufficientMemoryException;
import io.sa2va.torch.DType;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.TensorInfo;
import java.util.Map;
import java.util.stream.Collectors;

/** Refuses a model that cannot fit, before any of it is loaded. */
final class MemoryBudget {
  private MemoryBudget() {}

  /**
   * Checks the weights against the caller's limit and, on the CPU, the machine's memory.
   *
   * @param needed bytes of the weights once they are loaded
   * @throws InsufficientMemoryException saying what is needed and what there is
   */
  static void require(LoadOptions options, long needed, Placement placement) {
    long limit = options.memoryLimitBytes();
    if (limit > 0 && needed > limit) {
      throw tooLarge(needed, limit, "memoryLimitBytes allows");
    }
    long machine = NativeMemory.totalBytes();
    if (placement.device().isCpu() && machine > 0 && needed > machine) {
      throw tooLarge(needed, machine, "this machine has");
    }
  }

  /** How many values the weights hold. */
  static long values(SafetensorsWeights weights) {
    return weights.names().stream()
        .map(weights::info)
        .mapToLong(info -> info.bytes() / info.dtype().bytes())
        .sum();
  }

  /** Bytes of each weight once it is loaded, by its name. */
  static Map<String, Long> bytes(SafetensorsWeights weights, DType dtype) {
    return weights.names().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                name -> name,
                name -> {
                  TensorInfo info = weights.info(name);
                  return info.bytes() / info.dtype().bytes() * dtype.bytes();
                }));
  }

  private static InsufficientMemoryException tooLarge(long needed, long available, String whose) {
    return new InsufficientMemoryException(
        "the weights alone need %.2f GB in this type, but %s %.2f GB; choose a smaller model, a shorter type or quantization"
            .formatted(needed / 1e9, whose, available / 1e9));
  }
}
