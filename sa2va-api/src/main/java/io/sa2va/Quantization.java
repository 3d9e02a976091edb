package io.sa2va;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * With how many bits a model keeps the weights of its language model's linear layers. Fewer take
 * less memory and make answers come faster, and differ more from the original's. Everything else,
 * vision and masks included, stays as it is.
 */
public enum Quantization {
  /** As the checkpoint has them. */
  NONE,
  /**
   * 8 bits, with a scale for each row: hardly a difference. On an x86-64 CPU, what these weights
   * are multiplied with is rounded, too, each token with a scale of its own: to 8 bits, or to 7
   * where the processor has no VNNI.
   */
  INT8,
  /** 4 bits, with a scale and a minimum for each 32 values. */
  INT4,
  /** 4 bits, with a scale and a minimum for each 128 values: the least memory. */
  INT4_G128;

  /**
   * Reads a name such as {@code int8}, in any case.
   *
   * @param name one of none, int8, int4, int4-g128
   * @return the quantization
   * @throws IllegalArgumentException if it is none of them
   */
  public static Quantization parse(String name) {
    for (Quantization quantization : values()) {
      if (quantization.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return quantization;
      }
    }
    String names =
        Arrays.stream(values()).map(Quantization::toString).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "quantization must be one of " + names + ", but was \"" + name + "\"");
  }

  /** The name in small letters, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
