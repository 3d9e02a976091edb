package io.sa2va;

import io.sa2va.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows one object on a picture without words: by points on it and beside it, a box around it,
 * strokes over it, or a mask. Points, strokes and a box may go together; a mask stands alone.
 *
 * <p>Coordinates are pixels of the picture, from its top left corner; fractions are welcome.
 * Immutable.
 */
public final class ObjectPrompt {
  /** Points taken from each stroke. */
  private static final int POINTS_PER_STROKE = 5;

  private final List<Point> points;
  private final @Nullable Box box;
  private final @Nullable Mask mask;

  /**
   * A point on the object, or beside it.
   *
   * @param x column, from 0
   * @param y row, from 0
   * @param inside whether the object is there
   */
  public record Point(double x, double y, boolean inside) {
    /**
     * Checks the values.
     *
     * @param x column, from 0
     * @param y row, from 0
     * @param inside whether the object is there
     * @throws InvalidRequestException if one is negative or no number
     */
    public Point {
      if (!(x >= 0 && y >= 0 && Double.isFinite(x) && Double.isFinite(y))) {
        throw new InvalidRequestException(
            "a point must have x and y from 0, but was (" + x + ", " + y + ")");
      }
    }
  }

  private ObjectPrompt(Builder builder) {
    points = List.copyOf(builder.points);
    box = builder.box;
    mask = builder.mask;
  }

  /**
   * The object at a point.
   *
   * @param x column, from 0
   * @param y row, from 0
   * @return the prompt
   */
  public static ObjectPrompt point(double x, double y) {
    return of(prompt -> prompt.inside(x, y));
  }

  /**
   * The object in a box.
   *
   * @param box around the object
   * @return the prompt
   */
  public static ObjectPrompt box(Box box) {
    return of(prompt -> prompt.box(box));
  }

  /**
   * The object that a mask shows.
   *
   * @param mask of the picture's size, not empty
   * @return the prompt
   */
  public static ObjectPrompt mask(Mask mask) {
    return of(prompt -> prompt.mask(mask));
  }

  /**
   * Fills in a prompt.
   *
   * @param prompt adds points, strokes, a box or a mask
   * @return the prompt
   */
  public static ObjectPrompt of(Consumer<Builder> prompt) {
    Builder builder = builder();
    prompt.accept(builder);
    return builder.build();
  }

  /**
   * Starts an empty prompt.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The points, those of strokes included.
   *
   * @return in the order they were added
   */
  public List<Point> points() {
    return points;
  }

  /**
   * The box around the object.
   *
   * @return null if there is none
   */
  public @Nullable Box box() {
    return box;
  }

  /**
   * The mask of the object.
   *
   * @return null if there is none
   */
  public @Nullable Mask mask() {
    return mask;
  }

  /** Fills in a prompt. Not thread-safe. */
  public static final class Builder {
    private final List<Point> points = new ArrayList<>();
    private @Nullable Box box;
    private @Nullable Mask mask;

    private Builder() {}

    /**
     * Adds a point on the object.
     *
     * @param x column, from 0
     * @param y row, from 0
     * @return this builder
     */
    public Builder inside(double x, double y) {
      points.add(new Point(x, y, true));
      return this;
    }

    /**
     * Adds a point beside the object.
     *
     * @param x column, from 0
     * @param y row, from 0
     * @return this builder
     */
    public Builder outside(double x, double y) {
      points.add(new Point(x, y, false));
      return this;
    }

    /**
     * Adds a stroke over the object: some points along it stand for it.
     *
     * @param path the corners of the stroke, at least one
     * @return this builder
     */
    public Builder stroke(List<Point> path) {
      if (path.isEmpty()) {
        throw new InvalidRequestException("a stroke must have at least one point");
      }
      points.addAll(Stroke.sample(path, POINTS_PER_STROKE));
      return this;
    }

    /**
     * Sets the box around the object.
     *
     * @param around the object, inside the picture
     * @return this builder
     */
    public Builder box(Box around) {
      box = around;
      return this;
    }

    /**
     * Sets the mask of the object.
     *
     * @param object of the picture's size, not empty
     * @return this builder
     */
    public Builder mask(Mask object) {
      if (object.isEmpty()) {
        throw new InvalidRequestException("the mask of a prompt must not be empty");
      }
      mask = object;
      return this;
    }

    /**
     * Makes the prompt.
     *
     * @return the prompt
     * @throws InvalidRequestException if it shows nothing, or a mask goes with something else
     */
    public ObjectPrompt build() {
      if (mask == null && box == null && points.isEmpty()) {
        throw new InvalidRequestException("a prompt needs a point, a stroke, a box or a mask");
      }
      if (mask != null && (box != null || !points.isEmpty())) {
        throw new InvalidRequestException("a mask prompt cannot have points or a box as well");
      }
      return new ObjectPrompt(this);
    }
  }
}
