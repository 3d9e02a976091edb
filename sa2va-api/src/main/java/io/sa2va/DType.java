package io.sa2va;

import java.util.Locale;

/** The number format that a model computes in. */
public enum DType {
  /** What suits the device: {@link #BFLOAT16} on a GPU that has it, {@link #FLOAT32} on a CPU. */
  AUTO,
  /** 32 bits: exact, and twice the memory of the others. */
  FLOAT32,
  /** 16 bits with the range of 32: what the models were trained in. */
  BFLOAT16,
  /** 16 bits with a small range, for GPUs without {@link #BFLOAT16}. */
  FLOAT16;

  /**
   * Reads a name such as {@code bfloat16}, in any case.
   *
   * @param name one of auto, float32, bfloat16, float16
   * @return the format
   * @throws IllegalArgumentException if it is none of them
   */
  public static DType parse(String name) {
    for (DType dtype : values()) {
      if (dtype.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return dtype;
      }
    }
    throw new IllegalArgumentException(
        "dtype must be one of auto, float32, bfloat16, float16, but was \"" + name + "\"");
  }

  /** The name in small letters, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
