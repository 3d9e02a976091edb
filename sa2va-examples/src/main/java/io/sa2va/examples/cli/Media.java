package io.sa2va.examples.cli;

import io.sa2va.Conversation;
import io.sa2va.Image;
import io.sa2va.Sa2VA;
import io.sa2va.Video;
import java.util.function.Function;
import java.util.function.IntFunction;

/** What a conversation is about: a picture, a video, or nothing. */
final class Media implements AutoCloseable {
  private final Function<Sa2VA, Conversation> converse;
  private final IntFunction<Image> frame;
  private final Runnable close;

  private Media(Function<Sa2VA, Conversation> converse, IntFunction<Image> frame, Runnable close) {
    this.converse = converse;
    this.frame = frame;
    this.close = close;
  }

  static Media none() {
    return new Media(
        Sa2VA::converse,
        i -> {
          throw new IllegalStateException("there is no picture");
        },
        () -> {});
  }

  static Media of(Image image) {
    return new Media(sa2va -> sa2va.converse(image), i -> image, () -> {});
  }

  static Media of(Video video) {
    return new Media(sa2va -> sa2va.converse(video), video::frame, video::close);
  }

  Conversation converse(Sa2VA sa2va) {
    return converse.apply(sa2va);
  }

  /** A frame; a picture has only frame 0. */
  Image frame(int index) {
    return frame.apply(index);
  }

  @Override
  public void close() {
    close.run();
  }
}
