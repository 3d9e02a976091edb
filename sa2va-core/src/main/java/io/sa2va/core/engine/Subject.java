package io.sa2va.core.engine;

import io.sa2va.Image;
import io.sa2va.Video;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.error.InvalidVideoException;

/** What a conversation is about. */
sealed interface Subject {
  /** Words only. */
  record Nothing() implements Subject {}

  record Picture(Image image) implements Subject {
    RgbPixels pixels() {
      return RgbPixels.of(image);
    }
  }

  record Clip(Video video) implements Subject {
    public Clip {
      if (video.frameCount() < 1 || video.width() < 1 || video.height() < 1) {
        throw new InvalidVideoException(
            "a video has at least one frame of 1x1, but this has %d of %dx%d"
                .formatted(video.frameCount(), video.width(), video.height()));
      }
    }

    RgbPixels frame(int index) {
      Image frame = video.frame(index);
      if (frame.width() != video.width() || frame.height() != video.height()) {
        throw new InvalidVideoException(
            "frame %d is %dx%d, but the video is %dx%d; all frames must have one size"
                .formatted(index, frame.width(), frame.height(), video.width(), video.height()));
      }
      return RgbPixels.of(frame);
    }
  }
}
