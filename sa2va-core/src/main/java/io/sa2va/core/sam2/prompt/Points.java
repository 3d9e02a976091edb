package io.sa2va.core.sam2.prompt;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Arrays;

/**
 * The same number of points for each of N objects. A box is two points: its corners with the labels
 * {@link #BOX_TOP_LEFT} and {@link #BOX_BOTTOM_RIGHT}.
 */
public final class Points {
  /** This point is padding. */
  public static final int NONE = -1;

  /** The object is not here. */
  public static final int NEGATIVE = 0;

  /** The object is here. */
  public static final int POSITIVE = 1;

  public static final int BOX_TOP_LEFT = 2;
  public static final int BOX_BOTTOM_RIGHT = 3;

  private final int objects;
  private final float[] coordinates;
  private final int[] labels;

  /**
   * @param objects N, at least 1
   * @param coordinates x and y of each point of each object, in pixels of SAM2's square picture
   * @param labels one of the constants of this class for each point
   */
  public Points(int objects, float[] coordinates, int[] labels) {
    if (objects < 1 || labels.length % objects != 0 || coordinates.length != 2 * labels.length) {
      throw new IllegalArgumentException(
          "%d coordinates and %d labels are not the same number of points for each of %d objects"
              .formatted(coordinates.length, labels.length, objects));
    }
    for (int label : labels) {
      if (label < NONE || label > BOX_BOTTOM_RIGHT) {
        throw new IllegalArgumentException("a point's label is -1 to 3, but was " + label);
      }
    }
    this.objects = objects;
    this.coordinates = coordinates.clone();
    this.labels = labels.clone();
  }

  public int objects() {
    return objects;
  }

  /** Points of each object. */
  public int count() {
    return labels.length / objects;
  }

  /** A box around one object, in pixels of SAM2's square picture. */
  public static Points box(float left, float top, float right, float bottom) {
    return new Points(
        1, new float[] {left, top, right, bottom}, new int[] {BOX_TOP_LEFT, BOX_BOTTOM_RIGHT});
  }

  /**
   * The same points, given in pixels of a picture of any size, in pixels of SAM2's square one.
   *
   * @param width of the picture the points are given for
   * @param height of that picture
   * @param imageSize side of SAM2's picture
   */
  public Points scaled(int width, int height, int imageSize) {
    float[] places = new float[coordinates.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = coordinates[i] / (i % 2 == 0 ? width : height) * imageSize;
    }
    return new Points(objects, places, labels);
  }

  /** These points and, of each object, those of {@code more} behind them. */
  public Points followedBy(Points more) {
    if (more.objects != objects) {
      throw new IllegalArgumentException(
          "points of " + objects + " objects cannot be joined with those of " + more.objects);
    }
    int count = count() + more.count();
    float[] places = new float[objects * count * 2];
    int[] kinds = new int[objects * count];
    for (int i = 0; i < objects; i++) {
      copyInto(places, kinds, i, i * count);
      more.copyInto(places, kinds, i, i * count + count());
    }
    return new Points(objects, places, kinds);
  }

  private void copyInto(float[] places, int[] kinds, int object, int at) {
    int count = count();
    System.arraycopy(coordinates, object * count * 2, places, at * 2, count * 2);
    System.arraycopy(labels, object * count, kinds, at, count);
  }

  /** The same with a padding point behind each object's points. */
  Points padded() {
    int[] kinds = new int[objects];
    Arrays.fill(kinds, NONE);
    return followedBy(new Points(objects, new float[objects * 2], kinds));
  }

  /** (N, P, 2): the centres of the points' pixels as parts of the picture's side. */
  Tensor centres(int imageSize) {
    float[] places = new float[coordinates.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = (coordinates[i] + 0.5f) / imageSize;
    }
    return Tensors.of(places, objects, count(), 2);
  }

  /** (N, P): the row of each label in a table that starts with {@link #NONE}. */
  Tensor labelRows() {
    return Tensors.of(
        Arrays.stream(labels).mapToLong(label -> label + 1L).toArray(), objects, count());
  }
}
