package io.sa2va.core.sam2.track;

/** Which way a video is tracked. */
public enum Direction {
  FORWARD(1),
  BACKWARD(-1);

  private final int step;

  Direction(int step) {
    this.step = step;
  }

  /** The frame that was tracked {@code distance} frames before this one. */
  int before(int frame, int distance) {
    return frame - step * distance;
  }

  /** The frame that is tracked {@code distance} frames after this one. */
  public int after(int frame, int distance) {
    return frame + step * distance;
  }

  /** How many frames before this one another was tracked; negative if it comes after. */
  int distance(int frame, int other) {
    return (frame - other) * step;
  }
}
