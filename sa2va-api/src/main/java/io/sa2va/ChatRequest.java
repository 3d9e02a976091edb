package io.sa2va;

import io.sa2va.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A question and all that goes with it. Immutable. */
public final class ChatRequest {
  private final String prompt;
  private final @Nullable Image image;
  private final @Nullable Video video;
  private final List<ObjectPrompt> regions;
  private final GenerationOptions generation;
  private final Consumer<String> onText;
  private final Cancellation cancellation;
  private final KeyFrames keyFrames;
  private final boolean keepLogits;

  private ChatRequest(Builder builder) {
    prompt = builder.prompt;
    image = builder.image;
    video = builder.video;
    regions = List.copyOf(builder.regions);
    generation = builder.generation;
    onText = builder.onText;
    cancellation = builder.cancellation;
    keyFrames = builder.keyFrames;
    keepLogits = builder.keepLogits;
  }

  /**
   * Builds a request on the spot.
   *
   * @param request fills in the request
   * @return the request
   * @throws InvalidRequestException if it cannot be asked
   */
  public static ChatRequest of(Consumer<Builder> request) {
    Builder builder = builder();
    request.accept(builder);
    return builder.build();
  }

  /**
   * Starts an empty request.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts with this request.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.prompt = prompt;
    builder.image = image;
    builder.video = video;
    builder.regions.addAll(regions);
    builder.generation = generation;
    builder.onText = onText;
    builder.cancellation = cancellation;
    builder.keyFrames = keyFrames;
    builder.keepLogits = keepLogits;
    return builder;
  }

  /**
   * The question or instruction.
   *
   * @return not blank
   */
  public String prompt() {
    return prompt;
  }

  /**
   * The picture asked about.
   *
   * @return null if there is none
   */
  public @Nullable Image image() {
    return image;
  }

  /**
   * The video asked about.
   *
   * @return null if there is none
   */
  public @Nullable Video video() {
    return video;
  }

  /**
   * The regions that the prompt refers to, in order: masks, or what shows an object whose mask SAM2
   * then finds.
   *
   * @return unmodifiable
   */
  public List<ObjectPrompt> regions() {
    return regions;
  }

  /**
   * How the text is written.
   *
   * @return the options
   */
  public GenerationOptions generation() {
    return generation;
  }

  /**
   * Takes the readable text piece by piece while it is written.
   *
   * @return does nothing unless set
   */
  public Consumer<String> onText() {
    return onText;
  }

  /**
   * What stops the request.
   *
   * @return the caller's, or one that nobody else has
   */
  public Cancellation cancellation() {
    return cancellation;
  }

  /**
   * Which frames of the video the language model looks at.
   *
   * @return the choice
   */
  public KeyFrames keyFrames() {
    return keyFrames;
  }

  /**
   * Whether segments keep the mask's raw numbers.
   *
   * @return true if {@link Segment#logits(int)} is wanted
   */
  public boolean keepLogits() {
    return keepLogits;
  }

  /** Fills in a request; each setter checks its value at once. Not thread-safe. */
  public static final class Builder {
    private String prompt = "";
    private @Nullable Image image;
    private @Nullable Video video;
    private final List<ObjectPrompt> regions = new ArrayList<>();
    private GenerationOptions generation = GenerationOptions.defaults();
    private Consumer<String> onText = piece -> {};
    private Cancellation cancellation = new Cancellation();
    private KeyFrames keyFrames = KeyFrames.modelDefault();
    private boolean keepLogits;

    private Builder() {}

    /**
     * Sets the question or instruction.
     *
     * @param text not blank
     * @return this builder
     * @throws InvalidRequestException if it is blank
     */
    public Builder prompt(String text) {
      if (text.isBlank()) {
        throw new InvalidRequestException("prompt must not be empty; give a question");
      }
      prompt = text;
      return this;
    }

    /**
     * Asks about a picture.
     *
     * @param picture the picture
     * @return this builder
     */
    public Builder image(Image picture) {
      image = Objects.requireNonNull(picture, "image");
      return this;
    }

    /**
     * Asks about a video, which stays open.
     *
     * @param frames the video
     * @return this builder
     */
    public Builder video(Video frames) {
      video = Objects.requireNonNull(frames, "video");
      return this;
    }

    /**
     * Adds a region of the picture that the prompt refers to. The size is checked once the picture
     * is known: by {@link #build()}, or in a conversation when asked.
     *
     * @param mask of the picture's size, with at least one pixel set
     * @return this builder
     * @throws InvalidRequestException if no pixel is set
     */
    public Builder region(Mask mask) {
      if (mask.isEmpty()) {
        throw new InvalidRequestException(
            "region " + regions.size() + " must have at least one pixel set, but has none");
      }
      regions.add(ObjectPrompt.mask(mask));
      return this;
    }

    /**
     * Adds a region of the picture that the prompt refers to, shown by points, strokes or a box:
     * the object there.
     *
     * @param object inside the picture
     * @return this builder
     */
    public Builder region(ObjectPrompt object) {
      regions.add(object);
      return this;
    }

    /**
     * Sets the regions of the picture that the prompt refers to, in order.
     *
     * @param masks of the picture's size, each with at least one pixel set
     * @return this builder
     * @throws InvalidRequestException if one has no pixel set
     */
    public Builder regions(List<Mask> masks) {
      regions.clear();
      masks.forEach(this::region);
      return this;
    }

    /**
     * Sets how the text is written.
     *
     * @param options the options
     * @return this builder
     */
    public Builder generation(GenerationOptions options) {
      generation = Objects.requireNonNull(options, "generation");
      return this;
    }

    /**
     * Sets how the text is written.
     *
     * @param options changes this request's options
     * @return this builder
     */
    public Builder generation(Consumer<GenerationOptions.Builder> options) {
      GenerationOptions.Builder changed = generation.toBuilder();
      options.accept(changed);
      return generation(changed.build());
    }

    /**
     * Takes the readable text piece by piece while it is written, on the asking thread. What it
     * throws ends the request and reaches the caller.
     *
     * @param listener takes the pieces; joined they are the answer's text, but for white space at
     *     either end
     * @return this builder
     */
    public Builder onText(Consumer<String> listener) {
      onText = Objects.requireNonNull(listener, "onText");
      return this;
    }

    /**
     * Lets another thread stop the request.
     *
     * @param token cancels it
     * @return this builder
     */
    public Builder cancellation(Cancellation token) {
      cancellation = Objects.requireNonNull(token, "cancellation");
      return this;
    }

    /**
     * Chooses the frames of the video that the language model looks at.
     *
     * @param choice {@link KeyFrames#modelDefault()} unless set
     * @return this builder
     */
    public Builder keyFrames(KeyFrames choice) {
      keyFrames = Objects.requireNonNull(choice, "keyFrames");
      return this;
    }

    /**
     * Keeps the raw numbers of each mask, four bytes a pixel.
     *
     * @param keep false unless set
     * @return this builder
     */
    public Builder keepLogits(boolean keep) {
      keepLogits = keep;
      return this;
    }

    /**
     * Makes the request.
     *
     * @return the request
     * @throws InvalidRequestException if there is no prompt, both a picture and a video, or a
     *     region that does not fit the picture
     */
    public ChatRequest build() {
      if (prompt.isEmpty()) {
        throw new InvalidRequestException("prompt must be set before build(); give a question");
      }
      if (image != null && video != null) {
        throw new InvalidRequestException(
            "a request has either an image or a video, but both were set");
      }
      if (image != null) {
        checkRegions(image);
      }
      return new ChatRequest(this);
    }

    private void checkRegions(Image picture) {
      for (int i = 0; i < regions.size(); i++) {
        @Nullable Mask region = regions.get(i).mask();
        if (region == null) {
          continue;
        }
        if (region.width() != picture.width() || region.height() != picture.height()) {
          throw new InvalidRequestException(
              "region %d must have the picture's size %dx%d, but was %dx%d"
                  .formatted(
                      i, picture.width(), picture.height(), region.width(), region.height()));
        }
      }
    }
  }
}
