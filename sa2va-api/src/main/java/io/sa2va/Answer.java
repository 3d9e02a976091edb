package io.sa2va;

import java.util.List;

/**
 * What the model said and the masks it drew. Immutable; built by providers.
 *
 * <p>The n-th segment belongs to the n-th {@code [SEG]} of {@link #rawText()}, shown as {@code [n]}
 * in {@link #text()}.
 */
public final class Answer {
  private final String text;
  private final String rawText;
  private final List<Integer> tokens;
  private final List<Segment> segments;
  private final int width;
  private final int height;
  private final int frameCount;
  private final FinishReason finishReason;

  private Answer(Builder builder) {
    text = builder.text;
    rawText = builder.rawText;
    tokens = builder.tokens;
    segments = builder.segments;
    width = builder.width;
    height = builder.height;
    frameCount = builder.frameCount;
    finishReason = builder.finishReason;
  }

  /**
   * Starts an empty answer, for providers.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The text to show people: without special tokens, each mask as {@code [1]}, {@code [2]}, …
   *
   * @return may be empty
   */
  public String text() {
    return text;
  }

  /**
   * The text as the model wrote it, with special tokens such as {@code [SEG]} and {@code <p>},
   * without white space at either end.
   *
   * @return may be empty
   */
  public String rawText() {
    return rawText;
  }

  /**
   * The ids of the generated tokens.
   *
   * @return unmodifiable
   */
  public List<Integer> tokens() {
    return tokens;
  }

  /**
   * What the model marked, in the order of the text.
   *
   * @return unmodifiable, empty if it marked nothing
   */
  public List<Segment> segments() {
    return segments;
  }

  /**
   * The picture's or video's width.
   *
   * @return in pixels; 0 for a question without picture
   */
  public int width() {
    return width;
  }

  /**
   * The picture's or video's height.
   *
   * @return in pixels; 0 for a question without picture
   */
  public int height() {
    return height;
  }

  /**
   * The number of frames.
   *
   * @return 1 for a picture, 0 for a question without picture
   */
  public int frameCount() {
    return frameCount;
  }

  /**
   * Why the text ended.
   *
   * @return the reason
   */
  public FinishReason finishReason() {
    return finishReason;
  }

  /** The readable text and the number of segments. */
  @Override
  public String toString() {
    return "Answer[text=%s, segments=%d]".formatted(text, segments.size());
  }

  /** Collects an answer, for providers. Not thread-safe. */
  public static final class Builder {
    private String text = "";
    private String rawText = "";
    private List<Integer> tokens = List.of();
    private List<Segment> segments = List.of();
    private int width;
    private int height;
    private int frameCount;
    private FinishReason finishReason = FinishReason.STOP;

    private Builder() {}

    /**
     * Sets the readable text.
     *
     * @param value see {@link Answer#text()}
     * @return this builder
     */
    public Builder text(String value) {
      text = value;
      return this;
    }

    /**
     * Sets the text as the model wrote it.
     *
     * @param value see {@link Answer#rawText()}
     * @return this builder
     */
    public Builder rawText(String value) {
      rawText = value;
      return this;
    }

    /**
     * Sets the ids of the generated tokens.
     *
     * @param ids in order
     * @return this builder
     */
    public Builder tokens(List<Integer> ids) {
      tokens = List.copyOf(ids);
      return this;
    }

    /**
     * Sets the segments.
     *
     * @param marked in the order of the text
     * @return this builder
     */
    public Builder segments(List<Segment> marked) {
      segments = List.copyOf(marked);
      return this;
    }

    /**
     * Sets the size of the picture or of the video's frames.
     *
     * @param pixelsWide the width
     * @param pixelsHigh the height
     * @return this builder
     */
    public Builder size(int pixelsWide, int pixelsHigh) {
      width = pixelsWide;
      height = pixelsHigh;
      return this;
    }

    /**
     * Sets the number of frames.
     *
     * @param count 1 for a picture
     * @return this builder
     */
    public Builder frameCount(int count) {
      frameCount = count;
      return this;
    }

    /**
     * Sets why the text ended.
     *
     * @param reason the reason
     * @return this builder
     */
    public Builder finishReason(FinishReason reason) {
      finishReason = reason;
      return this;
    }

    /**
     * Makes the answer.
     *
     * @return the answer
     */
    public Answer build() {
      return new Answer(this);
    }
  }
}
