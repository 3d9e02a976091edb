package io.sa2va.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** Room for one decoded frame and its place in the order of showing. Owns the frame's memory. */
final class RankedFrame implements AutoCloseable {
  private final AVFrame handle = avutil.av_frame_alloc();
  private int rank = -1;

  /** The frame, borrowed. */
  AVFrame handle() {
    return handle;
  }

  /** The place from 0, or -1 if there is no frame. */
  int rank() {
    return rank;
  }

  boolean isEmpty() {
    return rank < 0;
  }

  void setRank(int rank) {
    this.rank = rank;
  }

  void clear() {
    avutil.av_frame_unref(handle);
    rank = -1;
  }

  @Override
  public void close() {
    avutil.av_frame_free(handle);
    rank = -1;
  }
}
