package io.sa2va;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is trained on which data, and where the result goes. Immutable. */
public final class TrainingRequest {
  private final String model;
  private final String data;
  private final Path out;
  private final @Nullable String validationData;
  private final boolean resume;
  private final LoadOptions loading;
  private final TrainingOptions options;

  private TrainingRequest(Builder builder) {
    model = builder.model;
    data = builder.data;
    out = builder.out;
    validationData = builder.validationData;
    resume = builder.resume;
    loading = builder.loading;
    options = builder.options;
  }

  /**
   * Starts with what every run needs.
   *
   * @param model a folder on this machine if there is one of that name, else a hub name; an
   *     InternVL or Qwen-VL that is no Sa2VA yet becomes one, with {@link LoadOptions#sam2Weights}
   *     as its SAM2
   * @param data a folder with a data set, or {@code scenes} for the library's own drawn world
   * @param out made if it is not there
   * @return a new builder
   */
  public static Builder builder(String model, String data, Path out) {
    return new Builder(model, data, out);
  }

  /**
   * The model to begin with.
   *
   * @return a folder or a hub name
   */
  public String model() {
    return model;
  }

  /**
   * What it learns from.
   *
   * @return a folder, or {@code scenes}
   */
  public String data() {
    return data;
  }

  /**
   * Where everything that the run writes goes.
   *
   * @return a folder
   */
  public Path out() {
    return out;
  }

  /**
   * What it is tried on from time to time.
   *
   * @return a folder, or {@code scenes}; null where it is not tried
   */
  public @Nullable String validationData() {
    return validationData;
  }

  /**
   * Whether the run in the folder goes on.
   *
   * @return false where the folder must not have a run yet
   */
  public boolean resume() {
    return resume;
  }

  /**
   * How the model is loaded.
   *
   * @return the options
   */
  public LoadOptions loading() {
    return loading;
  }

  /**
   * How it learns.
   *
   * @return the options
   */
  public TrainingOptions options() {
    return options;
  }

  /** Collects what a run needs. Not thread-safe. */
  public static final class Builder {
    private final String model;
    private final String data;
    private final Path out;
    private @Nullable String validationData;
    private boolean resume;
    private LoadOptions loading = LoadOptions.defaults();
    private TrainingOptions options = TrainingOptions.defaults();

    private Builder(String model, String data, Path out) {
      this.model = Objects.requireNonNull(model, "model");
      this.data = Objects.requireNonNull(data, "data");
      this.out = Objects.requireNonNull(out, "out");
    }

    /**
     * Sets what the model is tried on.
     *
     * @param value a folder, or {@code scenes}
     * @return this
     */
    public Builder validationData(String value) {
      validationData = Objects.requireNonNull(value, "validationData");
      return this;
    }

    /**
     * Lets the run in the folder go on where it was last saved; if it never was, from its start.
     *
     * @param value false refuses a folder that has a run
     * @return this
     */
    public Builder resume(boolean value) {
      resume = value;
      return this;
    }

    /**
     * Sets how the model is loaded.
     *
     * @param value device, type and hub
     * @return this
     */
    public Builder loading(LoadOptions value) {
      loading = Objects.requireNonNull(value, "loading");
      return this;
    }

    /**
     * Sets how it learns.
     *
     * @param value the options
     * @return this
     */
    public Builder options(TrainingOptions value) {
      options = Objects.requireNonNull(value, "options");
      return this;
    }

    /**
     * Makes the request.
     *
     * @return the request
     */
    public TrainingRequest build() {
      return new TrainingRequest(this);
    }
  }
}
