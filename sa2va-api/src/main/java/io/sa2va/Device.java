package io.sa2va;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a model runs: on the CPU or on one of the machine's CUDA GPUs. Immutable. */
public final class Device {
  /**
   * The first CUDA GPU with enough memory left for the model, else several together, else the CPU.
   */
  public static final Device AUTO = new Device(Kind.AUTO, 0);

  /** The CPU. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  /** The first CUDA GPU. */
  public static final Device CUDA = new Device(Kind.CUDA, 0);

  private static final Pattern NUMBERED_CUDA = Pattern.compile("cuda:(\\d{1,4})");

  /** The kinds of device. */
  public enum Kind {
    /** Chosen when the model is loaded. */
    AUTO,
    /** The CPU. */
    CPU,
    /** A CUDA GPU. */
    CUDA
  }

  private final Kind kind;
  private final int index;

  private Device(Kind kind, int index) {
    this.kind = kind;
    this.index = index;
  }

  /**
   * A CUDA GPU by number.
   *
   * @param index from 0
   * @return the device
   * @throws IllegalArgumentException if the index is negative
   */
  public static Device cuda(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("index must be at least 0, but was " + index);
    }
    return new Device(Kind.CUDA, index);
  }

  /**
   * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}, in any case.
   *
   * @param text the device
   * @return the device
   * @throws IllegalArgumentException if it is none of them
   */
  public static Device parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    Matcher numbered = NUMBERED_CUDA.matcher(name);
    if (numbered.matches()) {
      return cuda(Integer.parseInt(numbered.group(1)));
    }
    return switch (name) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      case "cuda" -> CUDA;
      default ->
          throw new IllegalArgumentException(
              "device must be auto, cpu, cuda or cuda:N, but was \"" + text + "\"");
    };
  }

  /**
   * The kind of device.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * The GPU's number.
   *
   * @return from 0; 0 for what is no GPU
   */
  public int index() {
    return index;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Device device && kind == device.kind && index == device.index;
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + index;
  }

  /** As {@link #parse} reads it, such as {@code cuda:0}. */
  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kind.CUDA ? name + ":" + index : name;
  }
}
