package io.sa2va;

import io.sa2va.error.InvalidRequestException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws masks over a picture: a translucent fill and an outline, one colour a mask. Immutable. */
public final class Overlay {
  private static final float GOLDEN_RATIO = 0.618034f;
  private static final Overlay STANDARD = builder().build();

  private final double opacity;
  private final int outlineWidth;

  private Overlay(Builder builder) {
    opacity = builder.opacity;
    outlineWidth = builder.outlineWidth;
  }

  /**
   * The usual look: half covered, with an outline.
   *
   * @return the usual look
   */
  public static Overlay standard() {
    return STANDARD;
  }

  /**
   * Starts with the usual look.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Draws masks over a picture, the last on top.
   *
   * @param picture the picture
   * @param masks of the picture's size; the place in the list chooses the colour
   * @return of type {@link BufferedImage#TYPE_INT_RGB}
   * @throws IllegalArgumentException if the sizes differ
   */
  public BufferedImage draw(Image picture, List<Mask> masks) {
    BufferedImage canvas = picture.toBufferedImage();
    for (int i = 0; i < masks.size(); i++) {
      paint(canvas, masks.get(i), colour(i));
    }
    return canvas;
  }

  /**
   * Draws what an answer marked on one frame.
   *
   * @param frame the picture, or the video's frame
   * @param answer the answer; segments that have no mask for the frame, as the request was
   *     cancelled before it, are left out
   * @param index the frame's number, 0 for a picture
   * @return of type {@link BufferedImage#TYPE_INT_RGB}
   * @throws IllegalArgumentException if the sizes differ
   */
  public BufferedImage draw(Image frame, Answer answer, int index) {
    BufferedImage canvas = frame.toBufferedImage();
    for (int i = 0; i < answer.segments().size(); i++) {
      List<Mask> masks = answer.segments().get(i).masks();
      if (index < masks.size()) {
        paint(canvas, masks.get(index), colour(i));
      }
    }
    return canvas;
  }

  /** Steps of the golden ratio round the colour circle keep neighbours far apart. */
  private static int colour(int index) {
    return Color.HSBtoRGB(index * GOLDEN_RATIO, 0.85f, 1);
  }

  private void paint(BufferedImage canvas, Mask mask, int colour) {
    if (mask.width() != canvas.getWidth() || mask.height() != canvas.getHeight()) {
      throw new IllegalArgumentException(
          "masks must have the picture's size %dx%d, but one was %dx%d"
              .formatted(canvas.getWidth(), canvas.getHeight(), mask.width(), mask.height()));
    }
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y)) {
          canvas.setRGB(x, y, isOutline(mask, x, y) ? colour : blend(canvas.getRGB(x, y), colour));
        }
      }
    }
  }

  private boolean isOutline(Mask mask, int x, int y) {
    for (int d = 1; d <= outlineWidth; d++) {
      if (!isSet(mask, x - d, y)
          || !isSet(mask, x + d, y)
          || !isSet(mask, x, y - d)
          || !isSet(mask, x, y + d)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSet(Mask mask, int x, int y) {
    return x >= 0 && x < mask.width() && y >= 0 && y < mask.height() && mask.get(x, y);
  }

  private int blend(int below, int above) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double value = (below >> shift & 0xFF) * (1 - opacity) + (above >> shift & 0xFF) * opacity;
      mixed |= (int) Math.round(value) << shift;
    }
    return mixed;
  }

  /** Sets the look. Not thread-safe. */
  public static final class Builder {
    private double opacity = 0.5;
    private int outlineWidth = 2;

    private Builder() {}

    /**
     * Sets how much the fill covers the picture.
     *
     * @param value from 0, not at all, to 1; 0.5 unless set
     * @return this builder
     * @throws InvalidRequestException if it is out of range
     */
    public Builder opacity(double value) {
      opacity = Checks.between("opacity", 0, 1, value);
      return this;
    }

    /**
     * Sets the width of the outline, which lies inside the mask.
     *
     * @param pixels 0 for none; 2 unless set
     * @return this builder
     * @throws InvalidRequestException if it is negative
     */
    public Builder outlineWidth(int pixels) {
      outlineWidth = Checks.atLeast("outlineWidth", 0, pixels);
      return this;
    }

    /**
     * Makes the look.
     *
     * @return the look
     */
    public Overlay build() {
      return new Overlay(this);
    }
  }
}
