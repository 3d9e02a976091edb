package io.sa2va;

import io.sa2va.error.InvalidImageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a JPEG file says ahead of its pixels: how colours are stored, and its EXIF block. */
final class JpegHeader {
  /** How the components of a pixel make a colour. */
  enum Colours {
    GREY,
    RGB,
    YCC,
    CMYK,
    YCCK
  }

  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final String EXIF = "Exif\0\0";

  private byte[] componentIds = {};
  private boolean jfif;
  private int adobeTransform = -1;
  private @Nullable ByteBuffer exif;

  private JpegHeader() {}

  static boolean isJpeg(byte[] file) {
    return file.length > 2 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == START_OF_IMAGE;
  }

  /**
   * Reads the segments ahead of the pixels.
   *
   * @throws InvalidImageException if the file ends too early
   */
  static JpegHeader parse(byte[] file) {
    JpegHeader header = new JpegHeader();
    int at = 2;
    while (at + 4 <= file.length) {
      int marker = file[at + 1] & 0xFF;
      if ((file[at] & 0xFF) != 0xFF || marker == 0xFF || isBare(marker)) {
        at += isBare(marker) && (file[at] & 0xFF) == 0xFF ? 2 : 1;
        continue;
      }
      int end = at + 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
      if (end > file.length) {
        break;
      }
      if (marker == START_OF_SCAN) {
        requireEnd(file, end);
        return header;
      }
      header.readSegment(marker, ByteBuffer.wrap(file, at + 4, Math.max(0, end - at - 4)).slice());
      at = Math.max(end, at + 2);
    }
    throw cutOff();
  }

  /** Markers without a length of their own. */
  private static boolean isBare(int marker) {
    return marker <= 0x01 || (marker >= 0xD0 && marker <= END_OF_IMAGE);
  }

  private static void requireEnd(byte[] file, int from) {
    for (int i = file.length - 2; i >= from; i--) {
      if ((file[i] & 0xFF) == 0xFF && (file[i + 1] & 0xFF) == END_OF_IMAGE) {
        return;
      }
    }
    throw cutOff();
  }

  private static InvalidImageException cutOff() {
    return new InvalidImageException("the JPEG file is cut off; copy or download it again");
  }

  private void readSegment(int marker, ByteBuffer content) {
    if (isStartOfFrame(marker) && content.limit() >= 6) {
      componentIds = new byte[Math.min(content.get(5) & 0xFF, (content.limit() - 6) / 3)];
      for (int i = 0; i < componentIds.length; i++) {
        componentIds[i] = content.get(6 + 3 * i);
      }
    } else if (marker == APP0 && startsWith(content, "JFIF\0")) {
      jfif = true;
    } else if (marker == APP14 && startsWith(content, "Adobe") && content.limit() >= 12) {
      adobeTransform = content.get(11) & 0xFF;
    } else if (marker == APP1 && exif == null && startsWith(content, EXIF)) {
      exif = content.slice(EXIF.length(), content.limit() - EXIF.length());
    }
  }

  private static boolean isStartOfFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static boolean startsWith(ByteBuffer content, String start) {
    byte[] bytes = start.getBytes(StandardCharsets.US_ASCII);
    return content.limit() >= bytes.length
        && content.slice(0, bytes.length).equals(ByteBuffer.wrap(bytes));
  }

  /** The TIFF structure inside the EXIF segment, if there is one. */
  @Nullable ByteBuffer exif() {
    return exif;
  }

  /**
   * How colours are stored, by the rules that libjpeg goes by.
   *
   * @throws InvalidImageException if the number of components is not 1, 3 or 4
   */
  Colours colours() {
    return switch (componentIds.length) {
      case 1 -> Colours.GREY;
      case 3 -> isRgb() ? Colours.RGB : Colours.YCC;
      case 4 -> adobeTransform > 0 ? Colours.YCCK : Colours.CMYK;
      default ->
          throw new InvalidImageException(
              "JPEG files have 1, 3 or 4 components, but this one has " + componentIds.length);
    };
  }

  private boolean isRgb() {
    if (jfif) {
      return false;
    }
    return adobeTransform >= 0
        ? adobeTransform == 0
        : Arrays.equals(componentIds, new byte[] {'R', 'G', 'B'});
  }
}
