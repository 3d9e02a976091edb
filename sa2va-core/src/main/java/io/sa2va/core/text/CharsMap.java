package io.sa2va.core.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * SentencePiece's table of characters and what replaces them: a double-array trie (darts-clone)
 * over UTF-8 bytes, whose values are places in a list of texts that end with a zero byte.
 */
final class CharsMap {
  // NFKC's longest has 33 bytes; a damaged table must not turn each character into megabytes.
  private static final int LONGEST_TEXT = 1024;

  private final ByteBuffer units;
  private final ByteBuffer texts;

  private CharsMap(ByteBuffer units, ByteBuffer texts) {
    this.units = units.order(ByteOrder.LITTLE_ENDIAN);
    this.texts = texts;
  }

  /** Returns the table that replaces nothing. */
  static CharsMap identity() {
    return new CharsMap(ByteBuffer.allocate(0), ByteBuffer.allocate(0));
  }

  static CharsMap read(Path path, ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return identity();
    }
    ByteBuffer blob = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    long trieSize = blob.remaining() < Integer.BYTES ? -1 : Integer.toUnsignedLong(blob.getInt());
    if (trieSize < Integer.BYTES || trieSize % Integer.BYTES != 0 || trieSize > blob.remaining()) {
      throw new TokenizerException(
          path
              + ": expected precompiled_charsmap to begin with its trie and the trie's size."
              + " Download the file again.");
    }
    int textsAt = blob.position() + (int) trieSize;
    return new CharsMap(
        blob.slice(blob.position(), (int) trieSize), blob.slice(textsAt, blob.limit() - textsAt));
  }

  /** What replaces the first {@code length} chars at a place. */
  record Replacement(int length, String text) {}

  /** Returns the replacement of the longest sequence at a place that has one. */
  @Nullable Replacement longestAt(String text, int at) {
    Replacement longest = null;
    int node = units.hasRemaining() ? offset(units.getInt(0)) : -1;
    for (int i = at; i < text.length() && node >= 0; ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      node = walk(node, Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
      int value = node < 0 ? -1 : valueAt(node);
      if (value >= 0) {
        longest = new Replacement(i - at, textAt(value));
      }
    }
    return longest;
  }

  /** Returns the node's base after some bytes, or -1 where the trie has no such key. */
  private int walk(int base, byte[] bytes) {
    int at = base;
    for (byte b : bytes) {
      int unitAt = at ^ (b & 0xFF);
      int unit = unit(unitAt);
      if ((unit & 0x800000FF) != (b & 0xFF)) {
        return -1;
      }
      at = unitAt ^ offset(unit);
    }
    return at;
  }

  /**
   * Returns the value of a key that ends where a walk ended, or -1. The unit at a node's base is
   * the child of label 0, which is a leaf: its sign bit is set and the rest is the value.
   */
  private int valueAt(int base) {
    int unit = unit(base);
    return unit < 0 ? unit & 0x7FFFFFFF : -1;
  }

  private int unit(int index) {
    return index >= 0 && index < units.limit() / Integer.BYTES
        ? units.getInt(index * Integer.BYTES)
        : 0;
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }

  private String textAt(int start) {
    int from = Math.min(start, texts.limit());
    int limit = Math.min(from + LONGEST_TEXT, texts.limit());
    int end = from;
    while (end < limit && texts.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end - from];
    texts.get(from, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
