package io.sa2va;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Finds the EXIF data (a TIFF structure) in JPEG, PNG and WebP files. */
final class ExifBlock {
  private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int PNG_CHUNK_OVERHEAD = 12;
  private static final int RIFF = 0x52494646;
  private static final int WEBP = 0x57454250;
  private static final int RIFF_HEADER_BYTES = 12;

  /** Chunk names as big-endian numbers: "eXIf" of PNG, "EXIF" of WebP. */
  private static final int PNG_EXIF = 0x65584966;

  private static final int WEBP_EXIF = 0x45584946;

  private ExifBlock() {}

  /** The block, or null if there is none. The file must be one that could be decoded. */
  static @Nullable ByteBuffer find(byte[] file) {
    if (JpegHeader.isJpeg(file)) {
      return JpegHeader.parse(file).exif();
    }
    ByteBuffer content = ByteBuffer.wrap(file);
    if (file.length < RIFF_HEADER_BYTES) {
      return null;
    }
    if (content.getLong(0) == PNG_SIGNATURE) {
      return findInPng(content);
    }
    return content.getInt(0) == RIFF && content.getInt(8) == WEBP ? findInWebp(content) : null;
  }

  /** Chunks of PNG: length, name, content, checksum. */
  private static @Nullable ByteBuffer findInPng(ByteBuffer file) {
    long at = Long.BYTES;
    while (at + PNG_CHUNK_OVERHEAD <= file.limit()) {
      long length = Integer.toUnsignedLong(file.getInt((int) at));
      if (file.getInt((int) at + 4) == PNG_EXIF) {
        return slice(file, at + 8, length);
      }
      at += PNG_CHUNK_OVERHEAD + length;
    }
    return null;
  }

  /** Chunks of RIFF: name, little-endian length, content padded to an even length. */
  private static @Nullable ByteBuffer findInWebp(ByteBuffer file) {
    long at = RIFF_HEADER_BYTES;
    while (at + 8 <= file.limit()) {
      long length = Integer.toUnsignedLong(Integer.reverseBytes(file.getInt((int) at + 4)));
      if (file.getInt((int) at) == WEBP_EXIF) {
        return slice(file, at + 8, length);
      }
      at += 8 + length + (length & 1);
    }
    return null;
  }

  private static @Nullable ByteBuffer slice(ByteBuffer file, long start, long length) {
    return start + length <= file.limit()
        ? file.slice((int) start, (int) length).order(ByteOrder.BIG_ENDIAN)
        : null;
  }
}
