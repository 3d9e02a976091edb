package io.sa2va;

import io.sa2va.PixelConverter.Background;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Which pixels of a picture belong to a thing: one bit a pixel. Immutable. */
public final class Mask {
  private final int width;
  private final int height;
  private final int wordsPerRow;

  /** Rows of 64-bit words, leftmost pixel in the lowest bit; bits beyond the width are 0. */
  private final long[] words;

  private Mask(int width, int height, long[] words) {
    this.width = width;
    this.height = height;
    this.wordsPerRow = wordsPerRow(width);
    this.words = words;
  }

  private static int wordsPerRow(int width) {
    return (width + Long.SIZE - 1) / Long.SIZE;
  }

  private static long[] emptyWords(int width, int height) {
    PixelGrid.check(width, height);
    return new long[wordsPerRow(width) * height];
  }

  /**
   * Makes a mask from one boolean a pixel.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param set true where the mask is set, row by row
   * @return the mask
   * @throws IllegalArgumentException if the count does not fit the size
   */
  public static Mask of(int width, int height, boolean[] set) {
    long[] words = emptyWords(width, height);
    PixelGrid.checkLength("set", width * height, set.length);
    int wordsPerRow = wordsPerRow(width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (set[y * width + x]) {
          words[y * wordsPerRow + x / Long.SIZE] |= 1L << x;
        }
      }
    }
    return new Mask(width, height, words);
  }

  /**
   * Makes a mask from packed rows.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param rows eight pixels a byte, leftmost in the highest bit, each row begun on a new byte;
   *     spare bits are ignored
   * @return the mask
   * @throws IllegalArgumentException if the count does not fit the size
   */
  public static Mask ofPackedRows(int width, int height, byte[] rows) {
    long[] words = emptyWords(width, height);
    PixelGrid.checkLength("rows", PackedRows.bytesPerRow(width) * height, rows.length);
    PackedRows.toWords(rows, width, words, wordsPerRow(width));
    clearSpareBits(width, words);
    return new Mask(width, height, words);
  }

  /**
   * A mask without any pixel set.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @return the mask
   */
  public static Mask empty(int width, int height) {
    return new Mask(width, height, emptyWords(width, height));
  }

  /**
   * Reads a mask from a picture file: set where the picture is neither black nor transparent.
   *
   * @param file the picture file
   * @return the mask
   * @throws io.sa2va.error.InvalidImageException if it is no picture
   */
  public static Mask read(Path file) {
    return of(PictureReader.read(file, Background.BLACK));
  }

  /**
   * The pixels of a picture that are not black.
   *
   * @param picture the picture
   * @return the mask
   */
  public static Mask of(Image picture) {
    boolean[] set = new boolean[picture.width() * picture.height()];
    for (int i = 0; i < set.length; i++) {
      set[i] = picture.rgbAt(i % picture.width(), i / picture.width()) != 0;
    }
    return of(picture.width(), picture.height(), set);
  }

  private static void clearSpareBits(int width, long[] words) {
    int used = width % Long.SIZE;
    if (used != 0) {
      int wordsPerRow = wordsPerRow(width);
      for (int i = wordsPerRow - 1; i < words.length; i += wordsPerRow) {
        words[i] &= (1L << used) - 1;
      }
    }
  }

  /**
   * The width.
   *
   * @return in pixels
   */
  public int width() {
    return width;
  }

  /**
   * The height.
   *
   * @return in pixels
   */
  public int height() {
    return height;
  }

  /**
   * Tells whether a pixel is set.
   *
   * @param x from 0, left to right
   * @param y from 0, top to bottom
   * @return true if it is
   * @throws IndexOutOfBoundsException if it lies outside
   */
  public boolean get(int x, int y) {
    PixelGrid.checkInside(x, y, width, height);
    return (words[y * wordsPerRow + x / Long.SIZE] >>> x & 1) != 0;
  }

  /**
   * The number of pixels set.
   *
   * @return from 0
   */
  public int area() {
    int area = 0;
    for (long word : words) {
      area += Long.bitCount(word);
    }
    return area;
  }

  /**
   * Tells whether no pixel is set.
   *
   * @return true if none is
   */
  public boolean isEmpty() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The smallest box around all pixels set.
   *
   * @return null if none is
   */
  public @Nullable Box box() {
    int top = -1;
    int bottom = -1;
    long[] columns = new long[wordsPerRow];
    for (int y = 0; y < height; y++) {
      long any = 0;
      for (int i = 0; i < wordsPerRow; i++) {
        long word = words[y * wordsPerRow + i];
        columns[i] |= word;
        any |= word;
      }
      if (any != 0) {
        top = top < 0 ? y : top;
        bottom = y;
      }
    }
    if (top < 0) {
      return null;
    }
    BitSet used = BitSet.valueOf(columns);
    int left = used.nextSetBit(0);
    return new Box(left, top, used.length() - left, bottom - top + 1);
  }

  /**
   * Intersection over union: how well two masks agree.
   *
   * @param other of the same size
   * @return 0 for nothing in common to 1 for equal; 1 if both are empty
   * @throws IllegalArgumentException if the sizes differ
   */
  public double iou(Mask other) {
    int union = union(other).area();
    return union == 0 ? 1 : (double) intersection(other).area() / union;
  }

  /**
   * The pixels set in either.
   *
   * @param other of the same size
   * @return a new mask
   * @throws IllegalArgumentException if the sizes differ
   */
  public Mask union(Mask other) {
    return combine(other, (a, b) -> a | b);
  }

  /**
   * The pixels set in both.
   *
   * @param other of the same size
   * @return a new mask
   * @throws IllegalArgumentException if the sizes differ
   */
  public Mask intersection(Mask other) {
    return combine(other, (a, b) -> a & b);
  }

  /**
   * The pixels set here but not in the other.
   *
   * @param other of the same size
   * @return a new mask
   * @throws IllegalArgumentException if the sizes differ
   */
  public Mask minus(Mask other) {
    return combine(other, (a, b) -> a & ~b);
  }

  /**
   * The pixels not set.
   *
   * @return a new mask
   */
  public Mask inverse() {
    long[] result = new long[words.length];
    Arrays.setAll(result, i -> ~words[i]);
    clearSpareBits(width, result);
    return new Mask(width, height, result);
  }

  private Mask combine(Mask other, LongBinaryOperator operator) {
    checkSize(other.width, other.height);
    long[] result = new long[words.length];
    Arrays.setAll(result, i -> operator.applyAsLong(words[i], other.words[i]));
    return new Mask(width, height, result);
  }

  private void checkSize(int otherWidth, int otherHeight) {
    if (width != otherWidth || height != otherHeight) {
      throw new IllegalArgumentException(
          "sizes must be equal, but were %dx%d and %dx%d"
              .formatted(width, height, otherWidth, otherHeight));
    }
  }

  /**
   * The packed rows, as {@link #ofPackedRows} takes them.
   *
   * @return a copy; spare bits are 0
   */
  public byte[] packedRows() {
    return PackedRows.fromWords(words, wordsPerRow, width, height);
  }

  /**
   * A picture of the mask: 255 where it is set, else 0.
   *
   * @return of type {@link BufferedImage#TYPE_BYTE_GRAY}
   */
  public BufferedImage toBufferedImage() {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = (byte) (get(x, y) ? 255 : 0);
      }
      picture.getRaster().setDataElements(0, y, width, 1, row);
    }
    return picture;
  }

  /**
   * Writes an 8-bit grey PNG, 255 where the mask is set, else 0; a file of that name is replaced
   * only once the new one is complete.
   *
   * @param file the file; its folder must be there
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void writePng(Path file) {
    PngWriter.write(toBufferedImage(), file);
  }

  /**
   * Writes an 8-bit grey PNG, 255 where the mask is set, else 0, and leaves the stream open.
   *
   * @param out the stream
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void writePng(OutputStream out) {
    PngWriter.write(toBufferedImage(), out);
  }

  /**
   * The picture's pixels where the mask is set, transparent elsewhere.
   *
   * @param picture of the mask's size
   * @return of type {@link BufferedImage#TYPE_INT_ARGB}
   * @throws IllegalArgumentException if the sizes differ
   */
  public BufferedImage cutOut(Image picture) {
    checkSize(picture.width(), picture.height());
    BufferedImage cut = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (get(x, y)) {
          cut.setRGB(x, y, 0xFF000000 | picture.rgbAt(x, y));
        }
      }
    }
    return cut;
  }

  /**
   * The mask in COCO's run-length code.
   *
   * @return the code
   */
  public Rle toRle() {
    return Rle.of(this);
  }

  /**
   * The mask's outlines.
   *
   * @return outer boundaries and holes; filled even-odd they give this mask back exactly
   */
  public List<Polygon> polygons() {
    return PolygonTracer.trace(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mask mask
        && width == mask.width
        && height == mask.height
        && Arrays.equals(words, mask.words);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return "Mask[%dx%d, area=%d]".formatted(width, height, area());
  }
}
