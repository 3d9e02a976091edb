package io.sa2va;

import io.sa2va.error.InvalidVideoException;

/** Checks that the frames of a video have one size. */
final class FrameSize {
  private FrameSize() {}

  static void check(String name, Image frame, int width, int height) {
    if (frame.width() != width || frame.height() != height) {
      throw new InvalidVideoException(
          "%s is %dx%d, but the video's first frame is %dx%d; make all frames one size."
              .formatted(name, frame.width(), frame.height(), width, height));
    }
  }
}
