package io.sa2va;

/**
 * Masks packed in bytes, as other programs have them, from and to the 64-bit words of {@link Mask}.
 *
 * <p>Bytes: leftmost pixel in the highest bit, each row begun on a new byte. Words: leftmost pixel
 * in the lowest bit, each row begun on a new word.
 */
final class PackedRows {
  private PackedRows() {}

  static int bytesPerRow(int width) {
    return (width + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Sets the words' bits; those beyond the width may come out set. */
  static void toWords(byte[] rows, int width, long[] words, int wordsPerRow) {
    int bytesPerRow = bytesPerRow(width);
    for (int i = 0; i < rows.length; i++) {
      int column = i % bytesPerRow;
      words[i / bytesPerRow * wordsPerRow + column / Long.BYTES] |=
          (long) reverse(rows[i] & 0xFF) << shift(column);
    }
  }

  static byte[] fromWords(long[] words, int wordsPerRow, int width, int height) {
    int bytesPerRow = bytesPerRow(width);
    byte[] rows = new byte[bytesPerRow * height];
    for (int i = 0; i < rows.length; i++) {
      int column = i % bytesPerRow;
      long word = words[i / bytesPerRow * wordsPerRow + column / Long.BYTES];
      rows[i] = (byte) reverse((int) (word >>> shift(column)) & 0xFF);
    }
    return rows;
  }

  private static int shift(int column) {
    return column % Long.BYTES * Byte.SIZE;
  }

  /** The eight lowest bits in reverse order. */
  private static int reverse(int bits) {
    return Integer.reverse(bits) >>> (Integer.SIZE - Byte.SIZE);
  }
}
