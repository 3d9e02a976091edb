package io.sa2va.benchmarks;

import io.sa2va.Quantization;
import io.sa2va.core.engine.QuantizationChoice;
import io.sa2va.core.engine.ShapesOnly;
import io.sa2va.core.zoo.Zoo;
import io.sa2va.core.zoo.ZooModel;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.DType;
import java.util.Locale;

/** Prints what the weights of the published models take, computed from their configurations. */
public final class MemoryTable {
  private static final Quantization[] QUANTIZATIONS = {Quantization.INT8, Quantization.INT4};

  private MemoryTable() {}

  public static void main(String[] args) {
    System.out.println("| model | float32 | bfloat16 | int8 | int4 |");
    System.out.println("| --- | --- | --- | --- | --- |");
    Zoo.models().forEach(MemoryTable::print);
  }

  private static void print(ZooModel model) {
    try {
      StringBuilder line = new StringBuilder("| " + model.name());
      line.append(cell(model.bytes(DType.FLOAT32))).append(cell(model.bytes(DType.BFLOAT16)));
      for (Quantization quantization : QUANTIZATIONS) {
        line.append(cell(bytes(model, quantization)));
      }
      System.out.println(line.append(" |"));
    } catch (UnsupportedModelException e) {
      System.err.println(model.name() + ": " + e.getMessage());
    }
  }

  /** With everything but the quantized layers in bfloat16. */
  private static long bytes(ZooModel model, Quantization quantization) {
    return ShapesOnly.of(
            model.config(),
            model.weights().keySet(),
            QuantizationChoice.method(quantization).orElseThrow(),
            DType.BFLOAT16)
        .bytes();
  }

  private static String cell(long bytes) {
    return String.format(Locale.ROOT, " | %.1f", bytes / 1e9);
  }
}
