package io.sa2va.benchmarks;

import io.sa2va.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** Prints what results depend on, in one line. */
public final class MachineLine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private MachineLine() {}

  public static void main(String[] args) throws IOException {
    System.out.println(
        String.join(
            ", ",
            LocalDate.now(ZoneOffset.UTC).toString(),
            processor(),
            Runtime.getRuntime().availableProcessors() + " cores",
            Torch.cpuHasBfloat16() ? "bfloat16 in hardware" : "no bfloat16 in hardware",
            Torch.cudaDevices() + " CUDA devices",
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            "JDK " + Runtime.version()));
  }

  private static String processor() throws IOException {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
