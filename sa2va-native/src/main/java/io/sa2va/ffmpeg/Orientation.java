package io.sa2va.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.IntPointer;

/**
 * One of the eight ways in which a camera held upright, lying or mirrored leaves its pictures: the
 * pixel at (x, y) is shown at (a x + c y, b x + d y), moved to begin at (0, 0).
 *
 * @param a -1, 0 or 1, as the others; either a and d are 0, or b and c
 */
record Orientation(int a, int b, int c, int d) {
  private static final Orientation UPRIGHT = new Orientation(1, 0, 0, 1);
  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  /** What the container says; other matrices than the eight count as upright. */
  static Orientation of(AVCodecParameters parameters) {
    AVPacketSideData found =
        avcodec.av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    if (found == null || found.isNull() || found.size() < MATRIX_BYTES) {
      return UPRIGHT;
    }
    IntPointer matrix = new IntPointer(found.data());
    return of(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(4));
  }

  /** From the matrix's four factors, of any scale. */
  static Orientation of(int a, int b, int c, int d) {
    Orientation signs =
        new Orientation(Integer.signum(a), Integer.signum(b), Integer.signum(c), Integer.signum(d));
    boolean straight = signs.a * signs.d != 0 && signs.b == 0 && signs.c == 0;
    boolean turned = signs.b * signs.c != 0 && signs.a == 0 && signs.d == 0;
    return straight || turned ? signs : UPRIGHT;
  }

  /** Whether it makes the width the height. */
  boolean swapsSides() {
    return a == 0;
  }

  /**
   * Turns a picture upright.
   *
   * @param rgb (height, width, 3)
   * @return the same array if it is upright already, else (height, width, 3) or (width, height, 3)
   */
  byte[] apply(byte[] rgb, int width, int height) {
    if (equals(UPRIGHT)) {
      return rgb;
    }
    int newWidth = swapsSides() ? height : width;
    int newHeight = swapsSides() ? width : height;
    int left = a + c < 0 ? newWidth - 1 : 0;
    int top = b + d < 0 ? newHeight - 1 : 0;
    byte[] turned = new byte[rgb.length];
    int from = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int to = 3 * ((top + b * x + d * y) * newWidth + left + a * x + c * y);
        turned[to] = rgb[from++];
        turned[to + 1] = rgb[from++];
        turned[to + 2] = rgb[from++];
      }
    }
    return turned;
  }
}
