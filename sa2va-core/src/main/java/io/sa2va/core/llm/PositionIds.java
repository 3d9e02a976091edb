package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Where T tokens stand, on three axes: time, height and width. Words stand at one place of all
 * three; the tokens of a picture share a time and differ in height and width.
 *
 * <p>Places count from the first that earlier tokens leave free. Source: {@code get_rope_index} in
 * transformers' modeling_qwen2_5_vl.py and modeling_qwen3_vl.py. Immutable.
 */
public final class PositionIds {
  private static final int AXES = 3;

  private final long[] places; // (T, 3)

  private PositionIds(long[] places) {
    this.places = places;
  }

  /** Words one after the other. */
  public static PositionIds text(int count) {
    return new Builder().text(count).build();
  }

  /** How many tokens, T. */
  public int count() {
    return places.length / AXES;
  }

  /** The places on one axis: 0 is time, 1 height, 2 width. */
  public long[] axis(int axis) {
    return LongStream.range(0, count()).map(i -> places[(int) i * AXES + axis]).toArray();
  }

  /** For each token the first place that it and those before it leave free. */
  long[] following() {
    long[] following = new long[count()];
    long highest = -1;
    for (int i = 0; i < following.length; i++) {
      for (int axis = 0; axis < AXES; axis++) {
        highest = Math.max(highest, places[i * AXES + axis]);
      }
      following[i] = highest + 1;
    }
    return following;
  }

  /** The places as numbers, counted from {@code start}: (T, 3) of FLOAT32. */
  Tensor from(long start) {
    float[] values = new float[places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + places[i];
    }
    return Tensors.of(values, count(), AXES);
  }

  /** Puts words and pictures one after the other. */
  public static final class Builder {
    private long[] places = new long[AXES * 16];
    private int length;
    private long next;

    /** Words, each at the next place of all axes. */
    public Builder text(int count) {
      for (int i = 0; i < count; i++) {
        add(next, next, next);
        next++;
      }
      return this;
    }

    /**
     * A picture's tokens, row by row. What follows it starts behind its longer side.
     *
     * @param rows at least 1
     * @param columns at least 1
     */
    public Builder picture(int rows, int columns) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          add(next, next + row, next + column);
        }
      }
      next += Math.max(rows, columns);
      return this;
    }

    private void add(long time, long height, long width) {
      if (length == places.length) {
        places = Arrays.copyOf(places, 2 * length);
      }
      places[length++] = time;
      places[length++] = height;
      places[length++] = width;
    }

    public PositionIds build() {
      return new PositionIds(Arrays.copyOf(places, length));
    }
  }
}
