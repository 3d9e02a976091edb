package io.sa2va.core.video;

import io.sa2va.Image;
import io.sa2va.Video;
import io.sa2va.error.InvalidVideoException;
import io.sa2va.ffmpeg.VideoException;
import io.sa2va.ffmpeg.VideoFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A video file whose frames are decoded when asked for. The last few stay in memory, since a
 * request looks at a frame for the language model and soon again for its mask.
 *
 * <p>Thread-safe: one thread decodes at a time, and others wait.
 */
public final class DecodedVideo implements Video {
  private static final int KEPT_FRAMES = 4;

  private final VideoFile file;
  private final Map<Integer, Image> kept = new LinkedHashMap<>();

  private DecodedVideo(VideoFile file) {
    this.file = file;
  }

  /**
   * Opens a video file.
   *
   * @return the video, to be closed by the caller
   * @throws InvalidVideoException if it is not there, no video, or damaged
   */
  public static DecodedVideo open(Path file) {
    try {
      return new DecodedVideo(VideoFile.open(file));
    } catch (VideoException e) {
      throw translate(e);
    }
  }

  @Override
  public int frameCount() {
    return file.frameCount();
  }

  @Override
  public int width() {
    return file.width();
  }

  @Override
  public int height() {
    return file.height();
  }

  @Override
  public synchronized Image frame(int index) {
    Image known = kept.get(index);
    return known == null ? keep(index, decode(index)) : known;
  }

  private Image decode(int index) {
    try {
      return Image.ofRgb(file.width(), file.height(), file.frame(index));
    } catch (VideoException e) {
      throw translate(e);
    }
  }

  private Image keep(int index, Image frame) {
    if (kept.size() == KEPT_FRAMES) {
      Integer oldest = kept.keySet().iterator().next();
      kept.remove(oldest);
    }
    kept.put(index, frame);
    return frame;
  }

  private static InvalidVideoException translate(VideoException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return new InvalidVideoException(message, e);
  }

  /** Waits for a frame that is being decoded. */
  @Override
  public synchronized void close() {
    kept.clear();
    file.close();
  }
}
