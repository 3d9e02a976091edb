package io.sa2va.core.data;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Which five frames of a video a sample has, in order. */
final class FrameChoice {
  static final int FRAMES = 5;

  private FrameChoice() {}

  /** Any; none twice if there are more than six, as in the reference. */
  static int[] any(int count, RandomGenerator random) {
    IntStream drawn = random.ints(0, count);
    return (count > FRAMES + 1 ? drawn.distinct() : drawn).limit(FRAMES).sorted().toArray();
  }

  /** One of each fifth of the video; all if there are no more than five. */
  static int[] spread(int count, RandomGenerator random) {
    if (count <= FRAMES) {
      return IntStream.range(0, count).toArray();
    }
    return IntStream.range(0, FRAMES)
        .map(i -> random.nextInt(i * count / FRAMES, (i + 1) * count / FRAMES))
        .toArray();
  }
}
