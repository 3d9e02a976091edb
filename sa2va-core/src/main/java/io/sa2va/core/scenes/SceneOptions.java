package io.sa2va.core.scenes;

/**
 * What scenes are like. Immutable.
 *
 * @param width of pictures and frames, in pixels, {@value #LEAST_SIDE} to {@value #MOST_SIDE}
 * @param height likewise
 * @param minShapes in a scene, at least 2
 * @param maxShapes in a scene, {@code minShapes} to 7; a clip has at most 5
 * @param minFrames of a clip, at least 8
 * @param maxFrames of a clip, {@code minFrames} to 1000
 * @param varied whether tints, patterns, backgrounds, blur, contrast, noise and compression vary;
 *     otherwise shapes and backgrounds are flat and clean
 */
public record SceneOptions(
    int width,
    int height,
    int minShapes,
    int maxShapes,
    int minFrames,
    int maxFrames,
    boolean varied) {
  private static final int LEAST_SIDE = 32;
  private static final int MOST_SIDE = 4096;
  private static final int MOST_SHAPES = 7;

  /** In fewer, what comes back might never be seen outside. */
  private static final int LEAST_FRAMES = 8;

  private static final int MOST_FRAMES = 1000;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public SceneOptions {
    checkRange("width", width, LEAST_SIDE, MOST_SIDE);
    checkRange("height", height, LEAST_SIDE, MOST_SIDE);
    checkRange("minShapes", minShapes, 2, MOST_SHAPES);
    checkRange("maxShapes", maxShapes, minShapes, MOST_SHAPES);
    checkRange("minFrames", minFrames, LEAST_FRAMES, MOST_FRAMES);
    checkRange("maxFrames", maxFrames, minFrames, MOST_FRAMES);
  }

  /**
   * Varied scenes of 2 to 7 shapes and 8 to 48 frames.
   *
   * @param width in pixels
   * @param height in pixels
   * @return the options
   * @throws IllegalArgumentException if the size is out of range
   */
  public static SceneOptions ofSize(int width, int height) {
    return new SceneOptions(width, height, 2, MOST_SHAPES, LEAST_FRAMES, 48, true);
  }

  /**
   * The same with another number of shapes.
   *
   * @param least at least 2
   * @param most at most 7
   * @return new options
   * @throws IllegalArgumentException if one is out of range
   */
  public SceneOptions withShapes(int least, int most) {
    return new SceneOptions(width, height, least, most, minFrames, maxFrames, varied);
  }

  /**
   * The same with another number of frames in a clip.
   *
   * @param least at least 8
   * @param most at most 1000
   * @return new options
   * @throws IllegalArgumentException if one is out of range
   */
  public SceneOptions withFrames(int least, int most) {
    return new SceneOptions(width, height, minShapes, maxShapes, least, most, varied);
  }

  /**
   * The same with flat, clean drawing.
   *
   * @return new options
   */
  public SceneOptions plain() {
    return new SceneOptions(width, height, minShapes, maxShapes, minFrames, maxFrames, false);
  }

  int shorterSide() {
    return Math.min(width, height);
  }

  private static void checkRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, but was %d".formatted(name, least, most, value));
    }
  }
}
