package io.sa2va.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the processor says of itself, as far as the operating system shows it. */
final class CpuFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private CpuFeatures() {}

  /** Without Linux's list of flags the answer is no: float32 is right everywhere. */
  static boolean hasBfloat16() {
    if (!Files.isReadable(CPU_INFO)) {
      return false;
    }
    try {
      return anyFlag(Files.readAllLines(CPU_INFO));
    } catch (IOException e) {
      return false;
    }
  }

  static boolean anyFlag(List<String> cpuInfo) {
    for (String line : cpuInfo) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("flags") || lower.startsWith("features")) {
        List<String> flags = List.of(lower.substring(lower.indexOf(':') + 1).trim().split("\\s+"));
        return flags.contains("avx512_bf16")
            || flags.contains("amx_bf16")
            || flags.contains("bf16");
      }
    }
    return false;
  }
}
