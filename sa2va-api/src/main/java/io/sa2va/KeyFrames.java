package io.sa2va;

import io.sa2va.error.InvalidRequestException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Which frames of a video the language model looks at; masks for all other frames are carried over
 * from them. More key frames cost time and room in the prompt. Immutable.
 */
public sealed interface KeyFrames {
  /**
   * What the model was made for: most take the first five frames, the "-i" models spread theirs.
   *
   * @return that choice
   */
  static KeyFrames modelDefault() {
    return ModelDefault.INSTANCE;
  }

  /**
   * The first frames.
   *
   * @param count how many, at least 1; a shorter video gives all it has
   * @return that choice
   * @throws InvalidRequestException if the count is out of range
   */
  static KeyFrames first(int count) {
    return new First(count);
  }

  /**
   * Frames spread evenly from the first to the last.
   *
   * @param count how many, at least 1; a shorter video gives all it has
   * @return that choice
   * @throws InvalidRequestException if the count is out of range
   */
  static KeyFrames uniform(int count) {
    return new Uniform(count);
  }

  /**
   * The frames with these numbers.
   *
   * @param frames from 0, each once, in ascending order
   * @return that choice
   * @throws InvalidRequestException if there are none, or one is negative or out of order
   */
  static KeyFrames of(int... frames) {
    return new Listed(Arrays.stream(frames).boxed().toList());
  }

  /** See {@link KeyFrames#modelDefault()}. */
  enum ModelDefault implements KeyFrames {
    /** The only one. */
    INSTANCE
  }

  /**
   * See {@link KeyFrames#first(int)}.
   *
   * @param count how many, at least 1
   */
  record First(int count) implements KeyFrames {
    /**
     * Checks the count.
     *
     * @param count how many, at least 1
     */
    public First {
      Checks.atLeast("key frame count", 1, count);
    }
  }

  /**
   * See {@link KeyFrames#uniform(int)}.
   *
   * @param count how many, at least 1
   */
  record Uniform(int count) implements KeyFrames {
    /**
     * Checks the count.
     *
     * @param count how many, at least 1
     */
    public Uniform {
      Checks.atLeast("key frame count", 1, count);
    }
  }

  /**
   * See {@link KeyFrames#of(int...)}.
   *
   * @param frames from 0, ascending
   */
  record Listed(List<Integer> frames) implements KeyFrames {
    /**
     * Checks and copies the frames.
     *
     * @param frames from 0, ascending
     */
    public Listed {
      frames = List.copyOf(frames);
      if (frames.isEmpty()) {
        throw new InvalidRequestException(
            "key frames must name at least one frame, but were empty");
      }
      Checks.atLeast("key frame", 0, frames.get(0));
      if (!frames.stream().sorted().toList().equals(frames)
          || new HashSet<>(frames).size() != frames.size()) {
        throw new InvalidRequestException(
            "key frames must be in ascending order, each once, but were " + frames);
      }
    }
  }
}
