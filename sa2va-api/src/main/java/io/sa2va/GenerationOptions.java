package io.sa2va;

import io.sa2va.error.InvalidRequestException;
import java.util.List;
import java.util.function.Consumer;

/**
 * How the text of an answer is written. Immutable; the usual values give the same text each time.
 */
public final class GenerationOptions {
  private static final GenerationOptions DEFAULTS = builder().build();

  private final int maxNewTokens;
  private final double temperature;
  private final double topP;
  private final int topK;
  private final double repetitionPenalty;
  private final long seed;
  private final List<String> stopWords;

  private GenerationOptions(Builder builder) {
    maxNewTokens = builder.maxNewTokens;
    temperature = builder.temperature;
    topP = builder.topP;
    topK = builder.topK;
    repetitionPenalty = builder.repetitionPenalty;
    seed = builder.seed;
    stopWords = builder.stopWords;
  }

  /**
   * The usual options: at most 2048 new tokens, always the likeliest one.
   *
   * @return the usual options
   */
  public static GenerationOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Builds options on the spot.
   *
   * @param options sets what differs from the usual ones
   * @return the options
   */
  public static GenerationOptions of(Consumer<Builder> options) {
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
    Builder builder = new Builder();
    builder.maxNewTokens = maxNewTokens;
    builder.temperature = temperature;
    builder.topP = topP;
    builder.topK = topK;
    builder.repetitionPenalty = repetitionPenalty;
    builder.seed = seed;
    builder.stopWords = stopWords;
    return builder;
  }

  /**
   * The most tokens that an answer may have.
   *
   * @return at least 1
   */
  public int maxNewTokens() {
    return maxNewTokens;
  }

  /**
   * How freely tokens are drawn.
   *
   * @return 0 for always the likeliest, else up to 100
   */
  public double temperature() {
    return temperature;
  }

  /**
   * Draws only among the likeliest tokens that together have this probability.
   *
   * @return above 0, up to 1 for all tokens
   */
  public double topP() {
    return topP;
  }

  /**
   * Draws only among this many likeliest tokens.
   *
   * @return 0 for all tokens
   */
  public int topK() {
    return topK;
  }

  /**
   * Makes tokens that have come before less likely.
   *
   * @return 1 for no effect; above 1 repeats less
   */
  public double repetitionPenalty() {
    return repetitionPenalty;
  }

  /**
   * The seed of the random draw; the same seed gives the same answer on the same machine.
   *
   * @return any number
   */
  public long seed() {
    return seed;
  }

  /**
   * Texts that end the answer when they appear in it.
   *
   * @return unmodifiable
   */
  public List<String> stopWords() {
    return stopWords;
  }

  /** Sets options; each setter checks its value at once. Not thread-safe. */
  public static final class Builder {
    private int maxNewTokens = 2048;
    private double temperature;
    private double topP = 1;
    private int topK;
    private double repetitionPenalty = 1;
    private long seed;
    private List<String> stopWords = List.of();

    private Builder() {}

    /**
     * Sets the most tokens that an answer may have.
     *
     * @param count at least 1; 2048 unless set
     * @return this builder
     * @throws InvalidRequestException if it is out of range
     */
    public Builder maxNewTokens(int count) {
      maxNewTokens = Checks.atLeast("maxNewTokens", 1, count);
      return this;
    }

    /**
     * Sets how freely tokens are drawn.
     *
     * @param value from 0, always the likeliest, to 100; 0 unless set
     * @return this builder
     * @throws InvalidRequestException if it is out of range
     */
    public Builder temperature(double value) {
      temperature = Checks.between("temperature", 0, 100, value);
      return this;
    }

    /**
     * Draws only among the likeliest tokens that together have this probability.
     *
     * @param value above 0, up to 1; 1 unless set
     * @return this builder
     * @throws InvalidRequestException if it is out of range
     */
    public Builder topP(double value) {
      topP = Checks.aboveUpTo("topP", 0, 1, value);
      return this;
    }

    /**
     * Draws only among the likeliest tokens.
     *
     * @param count how many; 0, all of them, unless set
     * @return this builder
     * @throws InvalidRequestException if it is negative
     */
    public Builder topK(int count) {
      topK = Checks.atLeast("topK", 0, count);
      return this;
    }

    /**
     * Makes tokens that have come before less likely.
     *
     * @param value above 0, up to 100; 1, no effect, unless set
     * @return this builder
     * @throws InvalidRequestException if it is out of range
     */
    public Builder repetitionPenalty(double value) {
      repetitionPenalty = Checks.aboveUpTo("repetitionPenalty", 0, 100, value);
      return this;
    }

    /**
     * Sets the seed of the random draw.
     *
     * @param value any number; 0 unless set
     * @return this builder
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Sets the texts that end the answer when they appear in it; the answer ends before them.
     *
     * @param words none of them empty; none unless set
     * @return this builder
     * @throws InvalidRequestException if one is empty
     */
    public Builder stopWords(List<String> words) {
      if (words.contains("")) {
        throw new InvalidRequestException("stopWords must not be empty texts, but were " + words);
      }
      stopWords = List.copyOf(words);
      return this;
    }

    /**
     * Makes the options.
     *
     * @return the options
     */
    public GenerationOptions build() {
      return new GenerationOptions(this);
    }
  }
}
