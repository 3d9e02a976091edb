package io.sa2va;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How and from where a model is loaded. Immutable. */
public final class LoadOptions {
  private static final LoadOptions DEFAULTS = builder().build();

  /** A copy that nobody else has, and that stays as it is. */
  private final Builder values;

  private LoadOptions(Builder builder) {
    values = new Builder(builder);
  }

  /**
   * The usual options.
   *
   * @return the usual options
   */
  public static LoadOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Builds options on the spot.
   *
   * @param options sets what differs from the usual ones
   * @return the options
   */
  public static LoadOptions of(Consumer<Builder> options) {
    Builder builder = builder();
    options.accept(builder);
    return builder.build();
  }

  /**
   * Starts with the usual options.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts with these options.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /**
   * Where the model runs.
   *
   * @return the device
   */
  public Device device() {
    return values.device;
  }

  /**
   * The number format that the model computes in.
   *
   * @return the format
   */
  public DType dtype() {
    return values.dtype;
  }

  /**
   * With how many bits the language model's weights are kept.
   *
   * @return {@link Quantization#NONE} for as many as in the checkpoint
   */
  public Quantization quantization() {
    return values.quantization;
  }

  /**
   * How many CPU threads the model uses.
   *
   * @return 0 for as many as the machine suggests
   */
  public int threads() {
    return values.threads;
  }

  /**
   * The most native memory that the model and its requests may use, in bytes.
   *
   * @return 0 for no limit
   */
  public long memoryLimitBytes() {
    return values.memoryLimitBytes;
  }

  /**
   * The original SAM2 weights that track objects through videos, as Sa2VA-i does.
   *
   * @return null to track with the model's own mask decoder
   */
  public @Nullable Path sam2Weights() {
    return values.sam2Weights;
  }

  /**
   * The hub that models are fetched from.
   *
   * @return null for the environment's {@code HF_ENDPOINT}, else Hugging Face
   */
  public @Nullable URI hubEndpoint() {
    return values.hubEndpoint;
  }

  /**
   * Where fetched models are kept.
   *
   * @return null for the place that Hugging Face's own tools use
   */
  public @Nullable Path cacheFolder() {
    return values.cacheFolder;
  }

  /**
   * The hub's access token.
   *
   * @return null for the environment's {@code HF_TOKEN}, else that of Hugging Face's login, else
   *     none
   */
  public @Nullable String hubToken() {
    return values.hubToken;
  }

  /**
   * The branch, tag or commit of the model.
   *
   * @return null for the newest
   */
  public @Nullable String revision() {
    return values.revision;
  }

  /**
   * Whether only models that are already here may be loaded.
   *
   * @return true for no network access
   */
  public boolean offline() {
    return values.offline;
  }

  /**
   * Is told how downloads get on.
   *
   * @return does nothing unless set
   */
  public Consumer<DownloadProgress> onDownload() {
    return values.onDownload;
  }

  /**
   * Ends the loading early.
   *
   * @return one that nobody cancels unless set
   */
  public Cancellation cancellation() {
    return values.cancellation;
  }

  /** All but the token. */
  @Override
  public String toString() {
    return "LoadOptions[device=%s, dtype=%s, quantization=%s, threads=%d, memoryLimitBytes=%d, offline=%s]"
        .formatted(device(), dtype(), quantization(), threads(), memoryLimitBytes(), offline());
  }

  /** Sets options; each setter checks its value at once. Not thread-safe. */
  public static final class Builder {
    private Device device = Device.AUTO;
    private DType dtype = DType.AUTO;
    private Quantization quantization = Quantization.NONE;
    private int threads;
    private long memoryLimitBytes;
    private @Nullable Path sam2Weights;
    private @Nullable URI hubEndpoint;
    private @Nullable Path cacheFolder;
    private @Nullable String hubToken;
    private @Nullable String revision;
    private boolean offline;
    private Consumer<DownloadProgress> onDownload = progress -> {};
    private Cancellation cancellation = new Cancellation();

    private Builder() {}

    private Builder(Builder other) {
      device = other.device;
      dtype = other.dtype;
      quantization = other.quantization;
      threads = other.threads;
      memoryLimitBytes = other.memoryLimitBytes;
      sam2Weights = other.sam2Weights;
      hubEndpoint = other.hubEndpoint;
      cacheFolder = other.cacheFolder;
      hubToken = other.hubToken;
      revision = other.revision;
      offline = other.offline;
      onDownload = other.onDownload;
      cancellation = other.cancellation;
    }

    /**
     * Sets where the model runs.
     *
     * @param where {@link Device#AUTO} unless set
     * @return this builder
     */
    public Builder device(Device where) {
      device = Objects.requireNonNull(where, "device");
      return this;
    }

    /**
     * Sets the number format that the model computes in.
     *
     * @param format {@link DType#AUTO} unless set
     * @return this builder
     */
    public Builder dtype(DType format) {
      dtype = Objects.requireNonNull(format, "dtype");
      return this;
    }

    /**
     * Sets with how many bits the language model's weights are kept: a checkpoint's own are rounded
     * while it loads.
     *
     * @param bits {@link Quantization#NONE} unless set
     * @return this builder
     */
    public Builder quantization(Quantization bits) {
      quantization = Objects.requireNonNull(bits, "quantization");
      return this;
    }

    /**
     * Sets how many CPU threads the model uses.
     *
     * @param count 0, as many as the machine suggests, unless set
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder threads(int count) {
      if (count < 0) {
        throw new IllegalArgumentException("threads must be at least 0, but was " + count);
      }
      threads = count;
      return this;
    }

    /**
     * Limits the native memory that the model and its requests may use.
     *
     * @param bytes 0, no limit, unless set
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder memoryLimitBytes(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("memoryLimitBytes must be at least 0, but was " + bytes);
      }
      memoryLimitBytes = bytes;
      return this;
    }

    /**
     * Tracks objects through videos with SAM2's original mask decoder, as Sa2VA-i does, which
     * follows them better; the model's own one still finds them on the key frames, which are then
     * spread evenly over the video.
     *
     * @param fileOrFolder the published SAM2 Hiera-L weights as safetensors, with the names of the
     *     original or of Hugging Face; of them only the mask decoder is read. A {@link Training} of
     *     a model without SAM2 takes all of them, and adds them to it
     * @return this builder
     */
    public Builder sam2Weights(Path fileOrFolder) {
      sam2Weights = fileOrFolder;
      return this;
    }

    /**
     * Sets the hub that models are fetched from.
     *
     * @param address an http or https address, such as a mirror's
     * @return this builder
     * @throws IllegalArgumentException if it is no such address
     */
    public Builder hubEndpoint(URI address) {
      if (!"https".equalsIgnoreCase(address.getScheme())
          && !"http".equalsIgnoreCase(address.getScheme())) {
        throw new IllegalArgumentException(
            "hubEndpoint must start with https:// or http://, but was " + address);
      }
      hubEndpoint = address;
      return this;
    }

    /**
     * Sets where fetched models are kept.
     *
     * @param folder made when it is not there
     * @return this builder
     */
    public Builder cacheFolder(Path folder) {
      cacheFolder = Objects.requireNonNull(folder, "cacheFolder");
      return this;
    }

    /**
     * Sets the hub's access token, for models that need one.
     *
     * @param token not blank
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    public Builder hubToken(String token) {
      if (token.isBlank()) {
        throw new IllegalArgumentException("hubToken must not be blank; leave it out for none");
      }
      hubToken = token;
      return this;
    }

    /**
     * Sets the branch, tag or commit of the model.
     *
     * @param name not blank
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    public Builder revision(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException(
            "revision must not be blank; leave it out for the newest");
      }
      revision = name;
      return this;
    }

    /**
     * Allows or forbids network access.
     *
     * @param only true for only models that are already here; false unless set
     * @return this builder
     */
    public Builder offline(boolean only) {
      offline = only;
      return this;
    }

    /**
     * Is told how downloads get on, often, on the loading thread or on a helper of it.
     *
     * @param listener quick
     * @return this builder
     */
    public Builder onDownload(Consumer<DownloadProgress> listener) {
      onDownload = Objects.requireNonNull(listener, "onDownload");
      return this;
    }

    /**
     * Lets another thread end the loading: it then throws {@link io.sa2va.error.CancelledException}
     * within a second. What was downloaded is kept.
     *
     * @param signal cancelled by another thread
     * @return this builder
     */
    public Builder cancellation(Cancellation signal) {
      cancellation = Objects.requireNonNull(signal, "cancellation");
      return this;
    }

    /**
     * Makes the options.
     *
     * @return the options
     */
    public LoadOptions build() {
      return new LoadOptions(this);
    }
  }
}
