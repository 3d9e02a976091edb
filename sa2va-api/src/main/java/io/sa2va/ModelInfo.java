package io.sa2va;

import org.jspecify.annotations.Nullable;

/**
 * The facts of a loaded model. Immutable; built by providers.
 *
 * @see Sa2VA#info()
 */
public final class ModelInfo {
  private final String name;
  private final String family;
  private final long parameterCount;
  private final DType dtype;
  private final Quantization quantization;
  private final Device device;
  private final long weightBytes;
  private final int contextLength;

  private ModelInfo(Builder builder) {
    name = required("name", builder.name);
    family = required("family", builder.family);
    parameterCount = builder.parameterCount;
    dtype = required("dtype", builder.dtype);
    quantization = builder.quantization;
    device = required("device", builder.device);
    weightBytes = builder.weightBytes;
    contextLength = builder.contextLength;
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(field + " must be set before build()");
    }
    return value;
  }

  /**
   * Starts an empty one, for providers.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts with these facts, for providers.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return builder()
        .name(name)
        .family(family)
        .parameterCount(parameterCount)
        .dtype(dtype)
        .quantization(quantization)
        .device(device)
        .weightBytes(weightBytes)
        .contextLength(contextLength);
  }

  /**
   * The name or folder that the model was loaded by.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * The language and vision model that it is built on, such as {@code InternVL2.5} or {@code
   * Qwen3-VL}.
   *
   * @return the family
   */
  public String family() {
    return family;
  }

  /**
   * How many numbers were learnt.
   *
   * @return the count
   */
  public long parameterCount() {
    return parameterCount;
  }

  /**
   * The number format that the model computes in.
   *
   * @return never {@link DType#AUTO}
   */
  public DType dtype() {
    return dtype;
  }

  /**
   * With how many bits the language model's weights are kept.
   *
   * @return {@link Quantization#NONE} for those of {@link #dtype()}
   */
  public Quantization quantization() {
    return quantization;
  }

  /**
   * Where the model runs.
   *
   * @return never {@link Device#AUTO}
   */
  public Device device() {
    return device;
  }

  /**
   * The memory that the weights take.
   *
   * @return in bytes
   */
  public long weightBytes() {
    return weightBytes;
  }

  /**
   * The most tokens of prompt, pictures and answer together.
   *
   * @return in tokens
   */
  public int contextLength() {
    return contextLength;
  }

  @Override
  public String toString() {
    return "%s (%s, %d parameters, %s on %s, %d bytes, context %d)"
        .formatted(name, family, parameterCount, dtype, device, weightBytes, contextLength);
  }

  /** Collects the facts, for providers. Not thread-safe. */
  public static final class Builder {
    private @Nullable String name;
    private @Nullable String family;
    private long parameterCount;
    private @Nullable DType dtype;
    private Quantization quantization = Quantization.NONE;
    private @Nullable Device device;
    private long weightBytes;
    private int contextLength;

    private Builder() {}

    /**
     * Sets the name; required.
     *
     * @param text the name or folder that the model was loaded by
     * @return this builder
     */
    public Builder name(String text) {
      name = text;
      return this;
    }

    /**
     * Sets the family; required.
     *
     * @param text what the model is built on
     * @return this builder
     */
    public Builder family(String text) {
      family = text;
      return this;
    }

    /**
     * Sets how many numbers were learnt.
     *
     * @param count the count
     * @return this builder
     */
    public Builder parameterCount(long count) {
      parameterCount = count;
      return this;
    }

    /**
     * Sets the number format; required.
     *
     * @param format what the model computes in
     * @return this builder
     */
    public Builder dtype(DType format) {
      dtype = format;
      return this;
    }

    /**
     * Sets with how many bits the language model's weights are kept.
     *
     * @param bits {@link Quantization#NONE} unless set
     * @return this builder
     */
    public Builder quantization(Quantization bits) {
      quantization = bits;
      return this;
    }

    /**
     * Sets the device; required.
     *
     * @param where where the model runs
     * @return this builder
     */
    public Builder device(Device where) {
      device = where;
      return this;
    }

    /**
     * Sets the memory that the weights take.
     *
     * @param bytes the memory
     * @return this builder
     */
    public Builder weightBytes(long bytes) {
      weightBytes = bytes;
      return this;
    }

    /**
     * Sets the most tokens of prompt, pictures and answer together.
     *
     * @param tokens the limit
     * @return this builder
     */
    public Builder contextLength(int tokens) {
      contextLength = tokens;
      return this;
    }

    /**
     * Makes the facts.
     *
     * @return the facts
     */
    public ModelInfo build() {
      return new ModelInfo(this);
    }
  }
}
