package io.sa2va.core.train.nano;

import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import java.util.random.RandomGenerator;

/**
 * The pictures and clips that Nano learns from: one world, drawn at many sizes. Sides are even
 * numbers of pixels; those of evaluations are odd.
 */
final class NanoScenes {
  private static final int LEAST_SIDE = 112;
  private static final int MOST_SIDE = 420;

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
    return picture(number, side(MOST_SIDE, random), side(MOST_SIDE, random));
  }

  /** A small, full picture of any shape, for what sees it at one size anyway. */
  Scene crowded(long number, RandomGenerator random) {
    int width = side(MOST_OF_ONE_TILE, random);
    int height = side(MOST_OF_ONE_TILE, random);
    SceneOptions options = SceneOptions.ofSize(width, height).withShapes(LEAST_CROWD, MOST_CROWD);
    return new SceneGenerator(seed, options).picture(number);
  }

  /** A picture that is one tile. */
  Scene oneTile(long number, RandomGenerator random) {
    int side = side(MOST_OF_ONE_TILE, random);
    return picture(number, side, side);
  }

  /** A picture that is two tiles and a thumbnail, or three and one. */
  Scene fewTiles(long number, RandomGenerator random) {
    int side = side(MOST_OF_ONE_TILE, random);
    int longer = side * random.nextInt(2, 4);
    return random.nextBoolean() ? picture(number, side, longer) : picture(number, longer, side);
  }

  private Scene picture(long number, int width, int height) {
    return new SceneGenerator(seed, SceneOptions.ofSize(width, height)).picture(number);
  }

  /** A clip with a number of frames. */
  SceneClip clip(long number, int leastFrames, int mostFrames, RandomGenerator random) {
    int width = side(MOST_OF_ONE_TILE, random);
    int height = side(MOST_OF_ONE_TILE, random);
    SceneOptions options = SceneOptions.ofSize(width, height).withFrames(leastFrames, mostFrames);
    return new SceneGenerator(seed, options).clip(number);
  }

  private static int side(int most, RandomGenerator random) {
    return random.nextInt(LEAST_SIDE, most) & ~1;
  }
}
