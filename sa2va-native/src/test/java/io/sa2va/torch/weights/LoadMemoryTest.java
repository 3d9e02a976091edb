package io.sa2va.torch.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What loading holds at most, measured on 2 GB of random bfloat16 weights. */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class LoadMemoryTest {
  private static final long TENSORS = 32;
  private static final long ROWS = 8192;
  private static final long COLUMNS = 4096;
  private static final long ALLOWANCE = 300L << 20;

  @TempDir private Path folder;

  @Test
  void load_otherType_neverHoldsTheModelTwice() throws Exception {
    Path file = write();
    Map<String, Long> measured = probe(file, DType.FLOAT32);
    long largest = ROWS * COLUMNS * 2;
    assertThat(measured.get("bytes")).isEqualTo(TENSORS * ROWS * COLUMNS * 4);
    assertThat(measured.get("peak")).isLessThan(measured.get("bytes") + largest + ALLOWANCE);
  }

  @Test
  void load_sameType_readsNothing() throws Exception {
    Map<String, Long> measured = probe(write(), DType.BFLOAT16);
    assertThat(measured.get("peak")).isLessThan(ALLOWANCE);
  }

  private Path write() {
    Path file = folder.resolve("model.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Tensor values = Tensors.randn(DType.BFLOAT16, Device.CPU, ROWS, COLUMNS);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (int i = 0; i < TENSORS; i++) {
        tensors.put("weight" + i, values);
      }
      SafetensorsWriter.write(file, tensors, Map.of());
    }
    return file;
  }

  private static Map<String, Long> probe(Path file, DType dtype)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                LoadProbe.class.getName(),
                file.toString(),
                dtype.name())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    Map<String, Long> measured = new LinkedHashMap<>();
    for (String line : output.lines().toList()) {
      int space = line.indexOf(' ');
      measured.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
    }
    return measured;
  }
}
