package io.sa2va.core.finish;

import io.sa2va.Mask;

/** Cuts masks out of logits. */
public final class MaskBits {
  private MaskBits() {}

  /**
   * The pixels whose logit is above 0.
   *
   * @param logits row by row, width · height of them
   */
  public static Mask above0(float[] logits, int width, int height) {
    int rowBytes = (width + 7) / 8;
    byte[] rows = new byte[rowBytes * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (logits[i] > 0) {
          rows[y * rowBytes + x / 8] |= (byte) (0x80 >> (x % 8));
        }
      }
    }
    return Mask.ofPackedRows(width, height, rows);
  }
}
