package io.sa2va.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the processor says of itself, as far as the operating system shows it. */
final class CpuFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private CpuFeatures() {}

  /** Without Linux's list of flags the answer is no: float32 is right everywhere. */
  static boolean hasBfloat16() {
    return anyFlag(cpuInfo(), "avx512_bf16", "amx_bf16", "bf16");
  }

  /** Whether sums of 8-bit products are 32 bits wide; no where the system does not say. */
  static boolean hasVnni() {
    return anyFlag(cpuInfo(), "avx512_vnni", "avx512vnni");
  }

  private static List<String> cpuInfo() {
    try {
      return Files.isReadable(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  static boolean anyFlag(List<String> cpuInfo, String... names) {
    for (String line : cpuInfo) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("flags") || lower.startsWith("features")) {
        List<String> flags = List.of(lower.substring(lower.indexOf(':') + 1).trim().split("\\s+"));
        return Arrays.stream(names).anyMatch(flags::contains);
      }
    }
    return false;
  }
}
