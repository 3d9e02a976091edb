package io.sa2va;

import io.sa2va.error.InvalidVideoException;
import java.nio.file.Path;
import java.util.List;

/**
 * Frames of one size, read when they are needed, so that a long video need not fit in memory.
 *
 * <p>Implement it for frames from elsewhere. A request reads frames from the thread that asks, the
 * same frame perhaps more than once. What {@code Video} itself makes can be used from several
 * threads at once.
 */
public interface Video extends AutoCloseable {
  /**
   * Opens a video file such as an MP4. Its frames are those of the first video stream, in the order
   * in which they are shown, turned upright as the file says; the sound is ignored.
   *
   * @param file the video file
   * @return the video, to be closed by the caller
   * @throws InvalidVideoException if it is not there, no video or damaged
   * @throws io.sa2va.error.Sa2VAException if sa2va-core, which reads videos, is not on the class
   *     path
   */
  static Video read(Path file) {
    return Providers.find().openVideo(file);
  }

  /**
   * A video from the picture files of a folder, in name order: those that end in png, jpg, jpeg,
   * bmp, gif or webp, in any case; hidden files are left out.
   *
   * @param folder the folder
   * @return the video
   * @throws InvalidVideoException if there is no such folder or no picture file in it
   */
  static Video ofFolder(Path folder) {
    return FrameFiles.inFolder(folder);
  }

  /**
   * A video from picture files.
   *
   * @param files in order, at least one
   * @return the video
   * @throws InvalidVideoException if there are none
   */
  static Video ofFrames(List<Path> files) {
    return new FrameFiles(files);
  }

  /**
   * A video from pictures.
   *
   * @param images in order, at least one, all of one size
   * @return the video
   * @throws InvalidVideoException if there are none, or one has another size than the first
   */
  static Video ofImages(List<Image> images) {
    return new FrameImages(images);
  }

  /**
   * The number of frames.
   *
   * @return at least 1
   */
  int frameCount();

  /**
   * Reads a frame.
   *
   * @param index from 0
   * @return the frame, of this video's size
   * @throws IndexOutOfBoundsException if there is no such frame
   * @throws io.sa2va.error.InvalidImageException if it cannot be read
   * @throws InvalidVideoException if it is damaged, or has another size than the video
   * @throws IllegalStateException if a video file is closed
   */
  Image frame(int index);

  /**
   * The width of the frames.
   *
   * @return in pixels
   */
  int width();

  /**
   * The height of the frames.
   *
   * @return in pixels
   */
  int height();

  /** Frees what the video holds open; by default nothing. Closing twice does nothing. */
  @Override
  default void close() {}
}
