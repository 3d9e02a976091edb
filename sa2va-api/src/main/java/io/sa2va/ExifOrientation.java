package io.sa2va;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * How a camera was held, as EXIF's orientation tag says: 1 upright, 2 mirrored, 3 upside down, 4
 * both, 5 to 8 the same turned by a quarter. Whatever is damaged counts as upright.
 */
final class ExifOrientation {
  private static final int UPRIGHT = 1;
  private static final int FIRST_QUARTER_TURN = 5;
  private static final int LAST = 8;
  private static final int ORIENTATION_TAG = 0x0112;
  private static final int SHORT_TYPE = 3;
  private static final int ENTRY_BYTES = 12;

  private final int value;

  private ExifOrientation(int value) {
    this.value = value;
  }

  /** Looks into a picture file. */
  static ExifOrientation of(byte[] file) {
    ByteBuffer tiff = ExifBlock.find(file);
    int found = tiff == null ? UPRIGHT : readTag(tiff);
    return new ExifOrientation(found >= UPRIGHT && found <= LAST ? found : UPRIGHT);
  }

  private static int readTag(ByteBuffer tiff) {
    ByteOrder order = byteOrder(tiff);
    if (order == null) {
      return UPRIGHT;
    }
    tiff.order(order);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory + 2 > tiff.limit()) {
      return UPRIGHT;
    }
    int count = Short.toUnsignedInt(tiff.getShort((int) directory));
    long entry = directory + 2;
    for (int i = 0; i < count && entry + ENTRY_BYTES <= tiff.limit(); i++, entry += ENTRY_BYTES) {
      int at = (int) entry;
      if (tiff.getShort(at) == ORIENTATION_TAG && tiff.getShort(at + 2) == SHORT_TYPE) {
        return tiff.getShort(at + 8);
      }
    }
    return UPRIGHT;
  }

  private static @Nullable ByteOrder byteOrder(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return null;
    }
    return switch (tiff.order(ByteOrder.BIG_ENDIAN).getInt(0)) {
      case 0x4D4D002A -> ByteOrder.BIG_ENDIAN;
      case 0x49492A00 -> ByteOrder.LITTLE_ENDIAN;
      default -> null;
    };
  }

  Image turnUpright(Image stored) {
    if (value == UPRIGHT) {
      return stored;
    }
    boolean turned = value >= FIRST_QUARTER_TURN;
    int width = turned ? stored.height() : stored.width();
    int height = turned ? stored.width() : stored.height();
    ByteBuffer from = stored.rgbView();
    byte[] upright = new byte[from.limit()];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        from.get(3 * sourcePixel(x, y, stored), upright, 3 * (y * width + x), 3);
      }
    }
    return Image.owning(width, height, upright);
  }

  /** The stored pixel that belongs at (x, y) of the upright picture. */
  private int sourcePixel(int x, int y, Image stored) {
    int right = stored.width() - 1;
    int bottom = stored.height() - 1;
    return switch (value) {
      case 2 -> y * stored.width() + right - x;
      case 3 -> (bottom - y) * stored.width() + right - x;
      case 4 -> (bottom - y) * stored.width() + x;
      case 5 -> x * stored.width() + y;
      case 6 -> (bottom - x) * stored.width() + y;
      case 7 -> (bottom - x) * stored.width() + right - y;
      default -> x * stored.width() + right - y;
    };
  }
}
