package io.sa2va.core.scenes;

/**
 * A world of scenes, each made from the seed and its index alone, so that they can be read in any
 * order and again: the same numbers give the same scene on every machine. Worlds of different seeds
 * have no scene in common, so a training world and a test world are two seeds. Immutable; can be
 * used from several threads at once.
 */
public final class SceneGenerator {
  private final long seed;
  private final SceneOptions options;

  /**
   * A world.
   *
   * @param seed which one
   * @param options what its scenes are like
   */
  public SceneGenerator(long seed, SceneOptions options) {
    this.seed = seed;
    this.options = options;
  }

  /**
   * A picture.
   *
   * @param index which one, any number
   * @return the scene
   */
  public Scene picture(long index) {
    return Scene.of(options, new SceneDraws(seed, index, Medium.PICTURE));
  }

  /**
   * A clip; it has nothing in common with the picture of the same index.
   *
   * @param index which one, any number
   * @return the clip
   */
  public SceneClip clip(long index) {
    return SceneClip.of(options, new SceneDraws(seed, index, Medium.CLIP));
  }
}
