package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that loads all weights of a file and prints its highest resident memory. */
final class LoadProbe {
  private LoadProbe() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    DType dtype = DType.valueOf(args[1]);
    try (SafetensorsFile header = SafetensorsFile.open(file);
        WeightStore store =
            new WeightStore(
                SafetensorsWeights.open(List.of(file)),
                Device.CPU,
                dtype,
                new WeightFiller(WeightFiller.usualThreads(), () -> {}))) {
      header.tensors().forEach((name, info) -> store.root().getLater(name, info.shapeArray()));
      store.awaitFilled();
      System.out.println("bytes " + store.bytes());
      System.out.println("peak " + highestResidentBytes());
    }
  }

  private static long highestResidentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("/proc/self/status has no VmHWM");
  }
}
