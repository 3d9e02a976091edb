package io.sa2va.ffmpeg;

import io.sa2va.files.AtomicMove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Writes RGB pictures as a video file: H.264 where the size allows, else MPEG-4. The file appears
 * under its name only once {@link #finish} has completed it.
 *
 * <p>Holds native memory and an open file until closed; one thread at a time.
 */
public final class VideoWriter implements AutoCloseable {
  private final Path file;
  private final Path partial;
  private final Encoder encoder;
  private final Muxer muxer;
  private boolean open = true;

  private VideoWriter(Path file, Path partial, Encoder encoder, Muxer muxer) {
    this.file = file;
    this.partial = partial;
    this.encoder = encoder;
    this.muxer = muxer;
  }

  /**
   * Begins a video.
   *
   * @param file its ending names the container: .mp4, .mov, .mkv or .avi; a file of that name is
   *     replaced in the end
   * @param width in pixels
   * @param height in pixels
   * @param frameRate frames a second, from 0.001 to 1000
   * @return the writer, to be closed by the caller
   * @throws IllegalArgumentException if the size or the frame rate is out of range
   * @throws VideoException if the file cannot be made, or the size not encoded
   */
  public static VideoWriter open(Path file, int width, int height, double frameRate) {
    return open(file, width, height, frameRate, Encoding.suiting(width, height));
  }

  static VideoWriter open(Path file, int width, int height, double frameRate, Encoding encoding) {
    Ffmpeg.load();
    checkRange(width, height, frameRate);
    Encoder encoder = Encoder.open(encoding, width, height, frameRate);
    try {
      return begin(file.toAbsolutePath(), encoder);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static VideoWriter begin(Path target, Encoder encoder) {
    Path partial = partialFor(target);
    try {
      return new VideoWriter(target, partial, encoder, new Muxer(partial, encoder.codec()));
    } catch (RuntimeException e) {
      delete(partial);
      throw e;
    }
  }

  private static void checkRange(int width, int height, double frameRate) {
    if (width < 1 || height < 1 || (long) width * height > FrameDecoder.MAX_PIXELS) {
      throw new IllegalArgumentException(
          "width and height must be at least 1, and %d pixels at most, but were %dx%d"
              .formatted(FrameDecoder.MAX_PIXELS, width, height));
    }
    if (!(frameRate >= 0.001 && frameRate <= 1000)) {
      throw new IllegalArgumentException(
          "frameRate must be from 0.001 to 1000, but was " + frameRate);
    }
  }

  /** A new name beside the target, with its ending. */
  private static Path partialFor(Path target) {
    if (!Files.isDirectory(target.getParent())) {
      throw new VideoException("the folder of " + target + " is not there; make it first");
    }
    String name = target.getFileName().toString();
    String ending = name.substring(Math.max(0, name.lastIndexOf('.')));
    return target.resolveSibling("." + UUID.randomUUID() + ending);
  }

  /**
   * Adds a frame.
   *
   * @param rgb 8-bit RGB of shape (height, width, 3)
   * @throws IllegalArgumentException if its length does not fit the size
   * @throws VideoException if it cannot be encoded or written
   */
  public void write(byte[] rgb) {
    checkOpen();
    encoder.send(rgb);
    muxer.writeFrom(encoder.codec());
  }

  /**
   * Completes the video, puts it under its name and closes this.
   *
   * @throws VideoException if it has no frames or cannot be written
   */
  public void finish() {
    checkOpen();
    if (encoder.frames() == 0) {
      throw new VideoException("a video needs at least one frame; none was written to " + file);
    }
    encoder.end();
    muxer.writeFrom(encoder.codec());
    muxer.end();
    free();
    try {
      AtomicMove.replace(partial, file);
    } catch (IOException e) {
      throw new VideoException(file + " cannot be written: " + e.getMessage(), e);
    } finally {
      delete(partial);
    }
  }

  private void checkOpen() {
    if (!open) {
      throw new IllegalStateException("the video is closed");
    }
  }

  private void free() {
    open = false;
    muxer.close();
    encoder.close();
  }

  private static void delete(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw new VideoException("the unfinished " + partial + " cannot be deleted", e);
    }
  }

  /** Frees the native memory; a video that is not finished is thrown away. */
  @Override
  public void close() {
    if (open) {
      free();
      delete(partial);
    }
  }
}
