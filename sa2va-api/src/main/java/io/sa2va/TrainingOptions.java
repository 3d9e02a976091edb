package io.sa2va;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a model learns. Immutable; the usual values are the reference's, for one epoch.
 *
 * <p>A step of the optimizer learns from {@link #batchSize()} · {@link #accumulate()} samples.
 * Everything random follows from the seed.
 */
public final class TrainingOptions {
  private final long steps;
  private final double epochs;
  private final int batchSize;
  private final int accumulate;
  private final double learningRate;
  private final double warmUp;
  private final @Nullable LoraOptions lora;
  private final long seed;
  private final int validateEvery;
  private final int validationSamples;
  private final int patience;
  private final int saveEvery;
  private final boolean skipBroken;

  private TrainingOptions(Builder builder) {
    steps = builder.steps;
    epochs = builder.epochs;
    batchSize = builder.batchSize;
    accumulate = builder.accumulate;
    learningRate = builder.learningRate;
    warmUp = builder.warmUp;
    lora = builder.lora;
    seed = builder.seed;
    validateEvery = builder.validateEvery;
    validationSamples = builder.validationSamples;
    patience = builder.patience;
    saveEvery = builder.saveEvery;
    skipBroken = builder.skipBroken;
  }

  /**
   * The usual options.
   *
   * @return the usual options
   */
  public static TrainingOptions defaults() {
    return builder().build();
  }

  /**
   * Builds options on the spot.
   *
   * @param options sets what differs from the usual ones
   * @return the options
   */
  public static TrainingOptions of(Consumer<Builder> options) {
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
   * Steps of the optimizer.
   *
   * @return 0 where the epochs say how long the run is
   */
  public long steps() {
    return steps;
  }

  /**
   * How often each sample is learned from, where {@link #steps()} does not say how long the run is.
   *
   * @return above 0
   */
  public double epochs() {
    return epochs;
  }

  /**
   * How many steps a run on some data has.
   *
   * @param samples of the data, at least 1
   * @return at least 1
   */
  public long stepsOn(long samples) {
    double perStep = (double) batchSize * accumulate;
    return steps > 0 ? steps : Math.max(1, (long) Math.ceil(epochs * samples / perStep));
  }

  /**
   * Samples of a micro-batch, over which losses are averaged.
   *
   * @return at least 1
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Micro-batches of a step.
   *
   * @return at least 1
   */
  public int accumulate() {
    return accumulate;
  }

  /**
   * The highest learning rate.
   *
   * @return above 0
   */
  public double learningRate() {
    return learningRate;
  }

  /**
   * The part of the run in which the learning rate rises; then it falls as a cosine.
   *
   * @return 0 to below 1
   */
  public double warmUp() {
    return warmUp;
  }

  /**
   * The language model's adapters; with them, the small parts around it are trained in full.
   *
   * @return null where everything is trained (but SAM2's memory and mask prompts), without adapters
   */
  public @Nullable LoraOptions lora() {
    return lora;
  }

  /**
   * What everything random follows from.
   *
   * @return any number
   */
  public long seed() {
    return seed;
  }

  /**
   * Steps between two validations, where there are data for it.
   *
   * @return at least 1
   */
  public int validateEvery() {
    return validateEvery;
  }

  /**
   * How many samples a validation looks at, at most.
   *
   * @return at least 1
   */
  public int validationSamples() {
    return validationSamples;
  }

  /**
   * How many validations in a row may be no better than the best before the run ends early.
   *
   * @return 0 for any number
   */
  public int patience() {
    return patience;
  }

  /**
   * Steps between two saved states, from which a run can be resumed.
   *
   * @return at least 1
   */
  public int saveEvery() {
    return saveEvery;
  }

  /**
   * Whether records that cannot be learned from are counted and replaced by others.
   *
   * @return false where the first ends the run
   */
  public boolean skipBroken() {
    return skipBroken;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private long steps;
    private double epochs = 1;
    private int batchSize = 2;
    private int accumulate = 8;
    private double learningRate = 4e-5;
    private double warmUp = 0.05;
    private @Nullable LoraOptions lora = LoraOptions.reference();
    private long seed;
    private int validateEvery = 100;
    private int validationSamples = 64;
    private int patience;
    private int saveEvery = 100;
    private boolean skipBroken;

    private Builder() {}

    /**
     * Sets the steps, whatever the epochs say.
     *
     * @param value at least 0; 0 leaves it to the epochs
     * @return this
     */
    public Builder steps(long value) {
      Checks.between("steps", 0, 1e12, (double) value);
      steps = value;
      return this;
    }

    /**
     * Sets the epochs.
     *
     * @param value above 0
     * @return this
     */
    public Builder epochs(double value) {
      epochs = Checks.aboveUpTo("epochs", 0, 1e9, value);
      return this;
    }

    /**
     * Sets the samples of a micro-batch.
     *
     * @param value at least 1
     * @return this
     */
    public Builder batchSize(int value) {
      batchSize = Checks.atLeast("batchSize", 1, value);
      return this;
    }

    /**
     * Sets the micro-batches of a step.
     *
     * @param value at least 1
     * @return this
     */
    public Builder accumulate(int value) {
      accumulate = Checks.atLeast("accumulate", 1, value);
      return this;
    }

    /**
     * Sets the highest learning rate.
     *
     * @param value above 0, at most 1
     * @return this
     */
    public Builder learningRate(double value) {
      learningRate = Checks.aboveUpTo("learningRate", 0, 1, value);
      return this;
    }

    /**
     * Sets the part of the run in which the learning rate rises.
     *
     * @param value 0 to 0.99
     * @return this
     */
    public Builder warmUp(double value) {
      warmUp = Checks.between("warmUp", 0, 0.99, value);
      return this;
    }

    /**
     * Sets the language model's adapters.
     *
     * @param value their size
     * @return this
     */
    public Builder lora(LoraOptions value) {
      lora = Objects.requireNonNull(value, "lora");
      return this;
    }

    /**
     * Trains everything (but SAM2's memory and mask prompts), without adapters.
     *
     * @return this
     */
    public Builder full() {
      lora = null;
      return this;
    }

    /**
     * Sets what everything random follows from.
     *
     * @param value any number
     * @return this
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Sets the steps between two validations.
     *
     * @param value at least 1
     * @return this
     */
    public Builder validateEvery(int value) {
      validateEvery = Checks.atLeast("validateEvery", 1, value);
      return this;
    }

    /**
     * Sets how many samples a validation looks at, at most.
     *
     * @param value at least 1
     * @return this
     */
    public Builder validationSamples(int value) {
      validationSamples = Checks.atLeast("validationSamples", 1, value);
      return this;
    }

    /**
     * Sets how many validations in a row may be no better than the best.
     *
     * @param value at least 0; 0 never ends a run early
     * @return this
     */
    public Builder patience(int value) {
      patience = Checks.atLeast("patience", 0, value);
      return this;
    }

    /**
     * Sets the steps between two saved states.
     *
     * @param value at least 1
     * @return this
     */
    public Builder saveEvery(int value) {
      saveEvery = Checks.atLeast("saveEvery", 1, value);
      return this;
    }

    /**
     * Says whether records that cannot be learned from are replaced by others.
     *
     * @param value false ends the run at the first
     * @return this
     */
    public Builder skipBroken(boolean value) {
      skipBroken = value;
      return this;
    }

    /**
     * Makes the options.
     *
     * @return the options
     */
    public TrainingOptions build() {
      return new TrainingOptions(this);
    }
  }
}
