package io.sa2va;

import io.sa2va.error.InvalidRequestException;
import java.util.List;

/**
 * Follows objects through a video that were shown by points, boxes or masks, without any language.
 *
 * <p>Show objects with {@link #prompt}, follow them with {@link #track}, look at the masks, correct
 * one by prompting again on a frame where it went wrong, and follow again. All objects share each
 * step, and frames are read one by one.
 *
 * <p>Not thread-safe: use one tracker from one thread at a time. Several trackers may use the same
 * model at once.
 */
public interface Tracker extends AutoCloseable {
  /** The way through the video. */
  enum Direction {
    /** From the first prompted frame to the last frame. */
    FORWARD,
    /** From the last prompted frame to the first frame. */
    BACKWARD,
    /** From the prompted frames to both ends. */
    BOTH
  }

  /**
   * Shows an object, or corrects where it was seen. Points on a frame add to those before on the
   * same frame; a box or mask begins anew there.
   *
   * @param prompt object, frame and what shows it
   * @return the object's mask on that frame
   * @throws InvalidRequestException if the frame is not in the video, or the prompt is not inside
   *     the picture
   */
  Mask prompt(TrackPrompt prompt);

  /**
   * Follows all objects.
   *
   * @param direction the way
   * @param cancellation ends it at the next frame
   * @throws InvalidRequestException if no object was shown
   */
  void track(Direction direction, Cancellation cancellation);

  /**
   * Follows all objects.
   *
   * @param direction the way
   */
  default void track(Direction direction) {
    track(direction, new Cancellation());
  }

  /**
   * What was found so far: one segment for each object, in the order they were shown, with a mask
   * for every frame; the mask is empty on frames that were not reached.
   *
   * @return the segments
   */
  List<Segment> segments();

  /** Forgets all objects. */
  void reset();

  /** Frees the tracker's memory; the model and the video stay open. Closing twice does nothing. */
  @Override
  void close();
}
