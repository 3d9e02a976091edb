package io.sa2va;

import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** One thing that the model marked: a mask on each frame. Immutable; built by providers. */
public final class Segment {
  private final int index;
  private final @Nullable String phrase;
  private final double score;
  private final double objectScore;
  private final List<Mask> masks;
  private final List<MaskLogits> logits;

  private Segment(Builder builder) {
    index = builder.index;
    phrase = builder.phrase;
    score = builder.score;
    objectScore = builder.objectScore;
    masks = builder.masks;
    logits = builder.logits;
  }

  /**
   * Starts an empty segment, for providers.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The place in {@link Answer#segments()}.
   *
   * @return from 0
   */
  public int index() {
    return index;
  }

  /**
   * The words of the answer that this is, such as "the girl", in answers that name them.
   *
   * @return null if the answer does not say
   */
  public @Nullable String phrase() {
    return phrase;
  }

  /**
   * How well the model believes the mask fits (its predicted intersection over union).
   *
   * @return about 0 to 1, on the first frame that the model looked at
   */
  public double score() {
    return score;
  }

  /**
   * How sure the model is that the thing is there at all.
   *
   * @return a logit: above 0 for there, below for not there
   */
  public double objectScore() {
    return objectScore;
  }

  /**
   * The first frame's mask: for a picture, the mask.
   *
   * @return the mask
   * @throws NoSuchElementException if the request was cancelled before there was one
   */
  public Mask mask() {
    return mask(0);
  }

  /**
   * One frame's mask.
   *
   * @param frame from 0
   * @return the mask, empty where the thing is not seen
   * @throws NoSuchElementException if there is no such frame or the request was cancelled before it
   */
  public Mask mask(int frame) {
    return at(frame, masks, "mask");
  }

  /**
   * The masks of all frames, in order.
   *
   * @return unmodifiable, as many as the answer's frames unless the request was cancelled
   */
  public List<Mask> masks() {
    return masks;
  }

  /**
   * One frame's raw numbers.
   *
   * @param frame from 0
   * @return the numbers behind {@link #mask(int)}
   * @throws NoSuchElementException if there is no such frame, or they were not asked for with
   *     {@link ChatRequest.Builder#keepLogits(boolean)}
   */
  public MaskLogits logits(int frame) {
    return at(frame, logits, "logits");
  }

  /**
   * The raw numbers of all frames, in order.
   *
   * @return unmodifiable, empty unless asked for with {@link
   *     ChatRequest.Builder#keepLogits(boolean)}
   */
  public List<MaskLogits> logits() {
    return logits;
  }

  private <T> T at(int frame, List<T> frames, String what) {
    if (frame < 0 || frame >= frames.size()) {
      throw new NoSuchElementException(
          "segment %d has no %s for frame %d; it has %d frames of them"
              .formatted(index, what, frame, frames.size()));
    }
    return frames.get(frame);
  }

  @Override
  public String toString() {
    return "Segment[index=%d, phrase=%s, score=%.3f, frames=%d]"
        .formatted(index, phrase, score, masks.size());
  }

  /** Collects a segment, for providers. Not thread-safe. */
  public static final class Builder {
    private int index;
    private @Nullable String phrase;
    private double score;
    private double objectScore;
    private List<Mask> masks = List.of();
    private List<MaskLogits> logits = List.of();

    private Builder() {}

    /**
     * Sets the place in the answer.
     *
     * @param place from 0
     * @return this builder
     */
    public Builder index(int place) {
      index = place;
      return this;
    }

    /**
     * Sets the words of the answer.
     *
     * @param words null if the answer does not say
     * @return this builder
     */
    public Builder phrase(@Nullable String words) {
      phrase = words;
      return this;
    }

    /**
     * Sets the predicted intersection over union.
     *
     * @param value about 0 to 1
     * @return this builder
     */
    public Builder score(double value) {
      score = value;
      return this;
    }

    /**
     * Sets how sure the model is that the thing is there.
     *
     * @param value a logit
     * @return this builder
     */
    public Builder objectScore(double value) {
      objectScore = value;
      return this;
    }

    /**
     * Sets the masks.
     *
     * @param byFrame one a frame, in order
     * @return this builder
     */
    public Builder masks(List<Mask> byFrame) {
      masks = List.copyOf(byFrame);
      return this;
    }

    /**
     * Sets the raw numbers.
     *
     * @param byFrame one a frame, in order
     * @return this builder
     */
    public Builder logits(List<MaskLogits> byFrame) {
      logits = List.copyOf(byFrame);
      return this;
    }

    /**
     * Makes the segment.
     *
     * @return the segment
     */
    public Segment build() {
      return new Segment(this);
    }
  }
}
