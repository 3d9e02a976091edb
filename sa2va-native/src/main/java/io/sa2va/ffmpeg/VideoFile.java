package io.sa2va.ffmpeg;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The first video stream of a file, read through FFmpeg frame by frame. Frames are numbered in the
 * order in which they are shown, whatever their distance in time; those that the file's edit list
 * cuts away are not counted.
 *
 * <p>Opening reads the whole file once, without decoding it, so that the count of frames is exact.
 * Reading one frame after the other decodes each once; reading any other decodes from the keyframe
 * before it. Pixels are taken to be square.
 *
 * <p>Holds native memory and an open file until closed; one thread at a time.
 */
public final class VideoFile implements AutoCloseable {
  private final FrameReader reader;
  private final RgbConverter converter;
  private final Orientation orientation;
  private final int codedWidth;
  private final int codedHeight;
  private final double frameRate;
  private boolean open = true;

  private VideoFile(FrameReader reader, int codedWidth, int codedHeight) {
    this.reader = reader;
    this.codedWidth = codedWidth;
    this.codedHeight = codedHeight;
    this.orientation = Orientation.of(reader.demuxer().parameters());
    this.frameRate = reader.demuxer().frameRate();
    this.converter = new RgbConverter(codedWidth, codedHeight);
  }

  /**
   * Opens a video file.
   *
   * @param file MP4, MOV, MKV, WebM, AVI, GIF, MPEG-TS, …
   * @return the video, to be closed by the caller
   * @throws VideoException if there is no such file, it is no video, it has no video stream, no
   *     decoder is there for it, or it is damaged or cut short
   */
  public static VideoFile open(Path file) {
    FrameReader reader = FrameReader.open(file);
    try {
      int width = reader.demuxer().parameters().width();
      int height = reader.demuxer().parameters().height();
      if (width < 1 || height < 1 || (long) width * height > FrameDecoder.MAX_PIXELS) {
        throw new VideoException(
            "%s has frames of %dx%d pixels; at most %d pixels can be read"
                .formatted(file, width, height, FrameDecoder.MAX_PIXELS));
      }
      return new VideoFile(reader, width, height);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** The width of the frames as shown, in pixels. */
  public int width() {
    return orientation.swapsSides() ? codedHeight : codedWidth;
  }

  /** The height of the frames as shown, in pixels. */
  public int height() {
    return orientation.swapsSides() ? codedWidth : codedHeight;
  }

  /** Frames a second, on average; 0 if the file does not say. */
  public double frameRate() {
    return frameRate;
  }

  /** The number of frames, at least 1. */
  public int frameCount() {
    return reader.count();
  }

  /**
   * Decodes a frame.
   *
   * @param index from 0
   * @return 8-bit RGB of shape (height, width, 3); the caller's own
   * @throws IndexOutOfBoundsException if there is no such frame
   * @throws VideoException if the frame, or one it builds on, is damaged
   * @throws IllegalStateException if this is closed
   */
  public byte[] frame(int index) {
    if (!open) {
      throw new IllegalStateException("the video is closed");
    }
    Objects.checkIndex(index, frameCount());
    byte[] rgb = converter.convert(reader.frame(index));
    return orientation.apply(rgb, codedWidth, codedHeight);
  }

  /** Frees the native memory and closes the file. Closing twice does nothing. */
  @Override
  public void close() {
    if (open) {
      open = false;
      converter.close();
      reader.close();
    }
  }
}
