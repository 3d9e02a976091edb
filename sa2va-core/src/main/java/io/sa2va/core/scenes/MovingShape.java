package io.sa2va.core.scenes;

/**
 * A shape of a clip and its way.
 *
 * @param start the shape in the first frame
 * @param action what it does
 * @param dx how far it goes to the right, in pixels
 * @param dy how far it goes down, in pixels
 * @param growth its radius in the last frame, of that in the first
 * @param turn clockwise from the first frame to the last, in radians
 */
record MovingShape(
    SceneShape start, Action action, double dx, double dy, double growth, double turn) {
  /** The shape at a time, 0 for the first frame to 1 for the last. */
  SceneShape at(double time) {
    // there and back again
    double way = action == Action.RETURNS ? 1 - Math.abs(1 - 2 * time) : time;
    Pose pose =
        start.pose().moved(way * dx, way * dy).scaled(1 + time * (growth - 1)).turned(time * turn);
    return start.at(pose);
  }
}
