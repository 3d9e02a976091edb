package io.sa2va;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a model is asked to find out how good it is. Seed, pictures and kinds are of {@link #SCENES}
 * alone: with a folder, others than the usual ones are refused. Immutable.
 */
public final class EvaluationRequest {
  /** The name of the library's own drawn world, which takes the place of a folder. */
  public static final String SCENES = "scenes";

  private final String data;
  private final long seed;
  private final int pictures;
  private final Set<String> kinds;
  private final int worst;

  private EvaluationRequest(Builder builder) {
    data = builder.data;
    seed = builder.seed;
    pictures = builder.pictures;
    kinds = builder.kinds;
    worst = builder.worst;
  }

  /**
   * Starts with the usual questions.
   *
   * @param data a folder with {@code annotations.json} and {@code images}, or {@link #SCENES}
   * @return a new builder
   */
  public static Builder builder(String data) {
    return new Builder(Objects.requireNonNull(data, "data"));
  }

  /**
   * What the model is asked about.
   *
   * @return a folder, or {@link #SCENES}
   */
  public String data() {
    return data;
  }

  /**
   * Which scenes are drawn.
   *
   * @return the same for the same scenes
   */
  public long seed() {
    return seed;
  }

  /**
   * How many pictures of scenes are drawn, and a fifth as many clips.
   *
   * @return at least 1
   */
  public int pictures() {
    return pictures;
  }

  /**
   * What is asked about scenes.
   *
   * @return empty for everything
   */
  public Set<String> kinds() {
    return kinds;
  }

  /**
   * How many of the worst answers of each kind are kept.
   *
   * @return from 0
   */
  public int worst() {
    return worst;
  }

  /** Sets what differs from the usual questions; each setter checks its value at once. */
  public static final class Builder {
    private final String data;
    private long seed;
    private int pictures = 100;
    private Set<String> kinds = Set.of();
    private int worst = 3;

    private Builder(String data) {
      this.data = data;
    }

    /**
     * Sets which scenes are drawn.
     *
     * @param value 0 unless set; one that no training used
     * @return this builder
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Sets how many pictures of scenes are drawn.
     *
     * @param count 100 unless set
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder pictures(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("pictures must be at least 1, but was " + count);
      }
      pictures = count;
      return this;
    }

    /**
     * Sets what is asked about scenes.
     *
     * @param names of {@link Evaluation#sceneKinds()}, in any case; empty, everything, unless set
     * @return this builder
     */
    public Builder kinds(Collection<String> names) {
      kinds =
          names.stream()
              .map(name -> name.toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
      return this;
    }

    /**
     * Sets how many of the worst answers of each kind are kept.
     *
     * @param count 3 unless set
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder worst(int count) {
      if (count < 0) {
        throw new IllegalArgumentException("worst must be at least 0, but was " + count);
      }
      worst = count;
      return this;
    }

    /**
     * Makes the request.
     *
     * @return the request
     */
    public EvaluationRequest build() {
      return new EvaluationRequest(this);
    }
  }
}
