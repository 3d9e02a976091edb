package io.sa2va.core.train.nano;

import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import java.util.random.RandomGenerator;

/** The pictures and clips that Nano learns from: one world, drawn at many sizes. */
final class NanoScenes {
  private static final int LEAST_SIDE = 112;
  private static final int MOST_SIDE = 320;

  /** Squares up to this side are one tile. */
  private static final int MOST_OF_ONE_TILE = 180;

  private static final int LEAST_CROWD = 5;
  private static final int MOST_CROWD = 7;

  private final long seed;

  NanoScenes(long seed) {
    this.seed = seed;
  }

  /** A picture of any size and shape. */
  Scene anySize(long number, RandomGenerator random) {
    return picture(
        number, random.nextInt(LEAST_SIDE, MOST_SIDE), random.nextInt(LEAST_SIDE, MOST_SIDE));
  }

  /** A small, full picture of any shape, for what sees it at one size anyway. */
  Scene crowded(long number, RandomGenerator random) {
    int width = random.nextInt(LEAST_SIDE, MOST_OF_ONE_TILE);
    int height = random.nextInt(LEAST_SIDE, MOST_OF_ONE_TILE);
    SceneOptions options = SceneOptions.ofSize(width, height).withShapes(LEAST_CROWD, MOST_CROWD);
    return new SceneGenerator(seed, options).picture(number);
  }

  /** A picture that is one tile. */
  Scene oneTile(long number, RandomGenerator random) {
    int side = random.nextInt(LEAST_SIDE, MOST_OF_ONE_TILE);
    return picture(number, side, side);
  }

  /** A picture that is two tiles and a thumbnail, or three and one. */
  Scene fewTiles(long number, RandomGenerator random) {
    int side = random.nextInt(LEAST_SIDE, MOST_OF_ONE_TILE);
    int longer = side * random.nextInt(2, 4);
    return random.nextBoolean() ? picture(number, side, longer) : picture(number, longer, side);
  }

  private Scene picture(long number, int width, int height) {
    return new SceneGenerator(seed, SceneOptions.ofSize(width, height)).picture(number);
  }

  /** A clip with a number of frames. */
  SceneClip clip(long number, int leastFrames, int mostFrames, RandomGenerator random) {
    int width = random.nextInt(LEAST_SIDE, MOST_OF_ONE_TILE);
    int height = random.nextInt(LEAST_SIDE, MOST_OF_ONE_TILE);
    SceneOptions options = SceneOptions.ofSize(width, height).withFrames(leastFrames, mostFrames);
    return new SceneGenerator(seed, options).clip(number);
  }
}
