package io.sa2va.core.evaluate;

import io.sa2va.Mask;
import java.util.List;

/**
 * How well objects are followed through videos: J, the intersection over union, and F, the {@link
 * BoundaryAccuracy}, each the mean over all frames of an object and then over all objects, as in
 * referring video segmentation. Not thread-safe.
 */
public final class TrackAccuracy {
  private double regions;
  private double boundaries;
  private long count;

  /** Starts with nothing. */
  public TrackAccuracy() {}

  /**
   * Adds an object.
   *
   * @param predicted its mask on each frame as the model drew it, empty where it drew none
   * @param target its true mask on each frame, as many and of the same size
   * @return the mean of its J and F
   * @throws IllegalArgumentException if the counts or the sizes differ
   */
  public double add(List<Mask> predicted, List<Mask> target) {
    if (predicted.size() != target.size() || target.isEmpty()) {
      throw new IllegalArgumentException(
          "an object has a mask on each frame, but one has %d of %d"
              .formatted(predicted.size(), target.size()));
    }
    double region = 0;
    double boundary = 0;
    for (int frame = 0; frame < target.size(); frame++) {
      region += predicted.get(frame).iou(target.get(frame));
      boundary += BoundaryAccuracy.of(predicted.get(frame), target.get(frame));
    }
    regions += region / target.size();
    boundaries += boundary / target.size();
    count++;
    return (region + boundary) / (2 * target.size());
  }

  /** How many objects were added. */
  public long count() {
    return count;
  }

  /** J, from 0 to 1; 0 while nothing was added. */
  public double region() {
    return count == 0 ? 0 : regions / count;
  }

  /** F, from 0 to 1; 0 while nothing was added. */
  public double boundary() {
    return count == 0 ? 0 : boundaries / count;
  }

  /** J&amp;F, the mean of the two. */
  public double value() {
    return (region() + boundary()) / 2;
  }
}
