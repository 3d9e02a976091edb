package io.sa2va.core.train.nano;

import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The pictures and clips that Nano learns from: one world, drawn at many sizes. Sides are even
 * numbers of pixels; those of evaluations are odd.
 */
final class NanoScenes {
  /** The first frames of a clip, which are all that the language model sees. */
  static final int KEY_FRAMES = 5;

  private static final int LEAST_FRAMES = 8;
  private static final int MOST_FRAMES = 28;
  private static final int LEAST_SIDE = 112;
  private static final int MOST_SIDE = 420;
  private static final int MOST_OF_SHORTER = 320;
  private static final double MOST_ASPECT = 2.5;

  /** Squares up to this side are one tile. */
  private static final int MOST_OF_ONE_TILE = 180;

  private static final int LEAST_CROWD = 5;
  private static final int MOST_CROWD = 7;

  private final long seed;

  NanoScenes(long seed) {
    this.seed = seed;
  }

  /** A picture of any size, at most two and a half times as long as it is wide. */
  Scene anySize(long number, RandomGenerator random) {
    int shorter = side(MOST_OF_SHORTER, random);
    double aspect = random.nextDouble(1, MOST_ASPECT);
    int longer = (int) Math.min(MOST_SIDE, shorter * aspect) & ~1;
    return random.nextBoolean()
        ? picture(number, shorter, longer)
        : picture(number, longer, shorter);
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

  /** A clip of any length, slow or fast. */
  SceneClip clip(long number, RandomGenerator random) {
    return clip(number, LEAST_FRAMES, MOST_FRAMES, random);
  }

  /** The frames of a clip that the language model sees. */
  static List<RgbPixels> keyFrames(SceneClip clip) {
    return IntStream.range(0, KEY_FRAMES).mapToObj(clip::frame).map(RgbPixels::of).toList();
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
