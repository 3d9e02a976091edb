package io.sa2va.core.engine;

import io.sa2va.KeyFrames;
import io.sa2va.error.InvalidRequestException;
import java.util.List;
import java.util.stream.IntStream;

/** Turns a caller's choice of key frames into frame numbers of a video. */
final class KeyFrameChoice {
  private KeyFrameChoice() {}

  /**
   * The frames that a choice means.
   *
   * @param modelDefault what the checkpoint's reference does
   * @param frameCount frames of the video, at least 1
   * @return frame numbers, ascending, each once
   * @throws InvalidRequestException if a listed frame is not in the video
   */
  static List<Integer> frames(KeyFrames choice, KeyFrames modelDefault, int frameCount) {
    if (choice instanceof KeyFrames.First first) {
      return IntStream.range(0, Math.min(first.count(), frameCount)).boxed().toList();
    }
    if (choice instanceof KeyFrames.Uniform uniform) {
      return uniform(uniform.count(), frameCount);
    }
    if (choice instanceof KeyFrames.Listed listed) {
      return listed(listed.frames(), frameCount);
    }
    return frames(modelDefault, modelDefault, frameCount);
  }

  /**
   * Evenly from the first frame to the last, rounded down, as {@code np.linspace(…, dtype=int)}.
   */
  private static List<Integer> uniform(int count, int frameCount) {
    if (count == 1) {
      return List.of(0);
    }
    double step = (frameCount - 1) / (double) (count - 1);
    return IntStream.range(0, count)
        .map(i -> i == count - 1 ? frameCount - 1 : (int) (i * step))
        .distinct()
        .boxed()
        .toList();
  }

  private static List<Integer> listed(List<Integer> frames, int frameCount) {
    for (int frame : frames) {
      if (frame >= frameCount) {
        throw new InvalidRequestException(
            "key frame "
                + frame
                + " is not in the video, which has frames 0 to "
                + (frameCount - 1));
      }
    }
    return frames;
  }
}
