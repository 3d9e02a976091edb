package io.sa2va;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Follows the borders of a mask along pixel edges, with the mask on the right hand.
 *
 * <p>Pixels that touch at a corner only are taken as apart. Each border has an edge that runs right
 * along the top of a pixel, so looking for those finds all of them.
 */
final class PolygonTracer {
  /** Right, down, left, up: each next one is a turn to the right. */
  private static final int[] STEP_X = {1, 0, -1, 0};

  private static final int[] STEP_Y = {0, 1, 0, -1};

  private static final int RIGHT = 0;

  private final Mask mask;
  private final BitSet followedTops;

  private PolygonTracer(Mask mask) {
    this.mask = mask;
    followedTops = new BitSet();
  }

  static List<Polygon> trace(Mask mask) {
    return new PolygonTracer(mask).trace();
  }

  private List<Polygon> trace() {
    List<Polygon> polygons = new ArrayList<>();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y) && !isSet(x, y - 1) && !followedTops.get(y * mask.width() + x)) {
          polygons.add(follow(x, y));
        }
      }
    }
    return polygons;
  }

  /** Goes once round from a corner where a top edge begins. */
  private Polygon follow(int startX, int startY) {
    List<Polygon.Point> corners = new ArrayList<>();
    corners.add(new Polygon.Point(startX, startY));
    int x = startX;
    int y = startY;
    int direction = RIGHT;
    while (true) {
      if (direction == RIGHT) {
        followedTops.set(y * mask.width() + x);
      }
      x += STEP_X[direction];
      y += STEP_Y[direction];
      int next = turn(x, y, direction);
      if (x == startX && y == startY && next == RIGHT) {
        return new Polygon(corners);
      }
      if (next != direction) {
        corners.add(new Polygon.Point(x, y));
        direction = next;
      }
    }
  }

  private int turn(int x, int y, int direction) {
    if (!isSetAhead(x, y, direction, (direction + 1) % 4)) {
      return (direction + 1) % 4;
    }
    return isSetAhead(x, y, direction, (direction + 3) % 4) ? (direction + 3) % 4 : direction;
  }

  /** The pixel at corner (x, y) that lies both ahead and to the given side. */
  private boolean isSetAhead(int x, int y, int ahead, int side) {
    int right = STEP_X[ahead] + STEP_X[side];
    int down = STEP_Y[ahead] + STEP_Y[side];
    return isSet(right > 0 ? x : x - 1, down > 0 ? y : y - 1);
  }

  private boolean isSet(int x, int y) {
    return x >= 0 && x < mask.width() && y >= 0 && y < mask.height() && mask.get(x, y);
  }
}
