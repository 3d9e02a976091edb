package io.sa2va;

import io.sa2va.PixelConverter.Background;
import io.sa2va.error.InvalidImageException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A picture: 8-bit red, green and blue, at most 500 megapixels. Immutable.
 *
 * <p>Reading turns pictures upright as their EXIF orientation says, puts transparent ones on white,
 * takes the first picture of an animation, and ignores colour profiles. PNG, JPEG, BMP and GIF are
 * read always; more formats, such as WebP, through the ImageIO plugins on the class path
 * (sa2va-core brings some).
 */
public final class Image {
  private final int width;
  private final int height;
  private final byte[] rgb;

  /** Takes the array as its own. */
  private Image(int width, int height, byte[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** For this package's readers, which hand over their array. */
  static Image owning(int width, int height, byte[] rgb) {
    return new Image(width, height, rgb);
  }

  /**
   * Reads a picture file.
   *
   * @param file the file
   * @return the picture
   * @throws InvalidImageException if it is not there, no picture, damaged or too large
   */
  public static Image read(Path file) {
    return PictureReader.read(file, Background.WHITE);
  }

  /**
   * Reads a picture file's bytes.
   *
   * @param encoded the bytes of a PNG, JPEG, …
   * @return the picture
   * @throws InvalidImageException if they are no picture, damaged or too large
   */
  public static Image read(byte[] encoded) {
    return PictureReader.read(encoded, "the given bytes", Background.WHITE);
  }

  /**
   * Reads a picture file's bytes to the end of the stream, which stays open.
   *
   * @param encoded the bytes of a PNG, JPEG, …
   * @return the picture
   * @throws InvalidImageException if they are no picture, damaged or too large
   */
  public static Image read(InputStream encoded) {
    try {
      return PictureReader.read(encoded.readAllBytes(), "the given stream", Background.WHITE);
    } catch (IOException e) {
      throw new InvalidImageException("The stream could not be read: " + e.getMessage(), e);
    }
  }

  /**
   * Copies a picture of any kind; a transparent one is put on white.
   *
   * @param picture the picture
   * @return the copy
   * @throws InvalidImageException if it is too large
   */
  public static Image of(BufferedImage picture) {
    return PixelConverter.toImage(picture, Background.WHITE);
  }

  /**
   * Makes a picture from red, green and blue bytes.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param rgb three unsigned bytes a pixel, row by row, copied
   * @return the picture
   * @throws IllegalArgumentException if the count does not fit the size
   */
  public static Image ofRgb(int width, int height, byte[] rgb) {
    PixelGrid.check(width, height);
    PixelGrid.checkLength("rgb", 3 * width * height, rgb.length);
    return new Image(width, height, rgb.clone());
  }

  /**
   * Makes a picture from packed pixels, put on white where they are transparent.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param argb {@code 0xAARRGGBB}, not premultiplied, row by row
   * @return the picture
   * @throws IllegalArgumentException if the count does not fit the size
   */
  public static Image ofArgb(int width, int height, int[] argb) {
    PixelGrid.check(width, height);
    PixelGrid.checkLength("argb", width * height, argb.length);
    return PixelConverter.ofArgb(width, height, argb);
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
   * All pixels: three unsigned bytes each (red, green, blue), row by row.
   *
   * @return a copy
   */
  public byte[] rgb() {
    return rgb.clone();
  }

  /**
   * All pixels as in {@link #rgb()}, without copying.
   *
   * @return a read-only view
   */
  public ByteBuffer rgbView() {
    return ByteBuffer.wrap(rgb).asReadOnlyBuffer();
  }

  /**
   * One pixel.
   *
   * @param x from 0, left to right
   * @param y from 0, top to bottom
   * @return {@code 0xRRGGBB}
   * @throws IndexOutOfBoundsException if it lies outside
   */
  public int rgbAt(int x, int y) {
    PixelGrid.checkInside(x, y, width, height);
    int at = 3 * (y * width + x);
    return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
  }

  /**
   * A copy to draw on or to show.
   *
   * @return of type {@link BufferedImage#TYPE_INT_RGB}
   */
  public BufferedImage toBufferedImage() {
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = rgbAt(x, y);
      }
      copy.getRaster().setDataElements(0, y, width, 1, row);
    }
    return copy;
  }

  /**
   * Writes a PNG; a file of that name is replaced only once the new one is complete.
   *
   * @param file the file; its folder must be there
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void writePng(Path file) {
    PngWriter.write(toBufferedImage(), file);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Image image
        && width == image.width
        && height == image.height
        && Arrays.equals(rgb, image.rgb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "Image[" + width + "x" + height + "]";
  }
}
