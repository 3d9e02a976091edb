package io.sa2va.core.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads one protobuf message field by field: {@link #nextField()}, then the value of the kind that
 * is expected, or {@link #skip()}. Whatever the bytes are, only {@link TokenizerException} comes of
 * it.
 */
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final Path path;
  private final ByteBuffer buffer;
  private int wireType;

  ProtobufReader(Path path, ByteBuffer message) {
    this.path = path;
    buffer = message.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes to the next field and returns its number, or 0 at the end of the message. */
  int nextField() {
    if (!buffer.hasRemaining()) {
      return 0;
    }
    long key = varint();
    wireType = (int) (key & 7);
    long number = key >>> 3;
    if (number < 1 || number > 0x1FFFFFFF) {
      throw damaged("a field number from 1 to 2^29 - 1");
    }
    return (int) number;
  }

  long number() {
    expect(VARINT);
    return varint();
  }

  boolean flag() {
    return number() != 0;
  }

  float real() {
    expect(FIXED32);
    return bytes(Float.BYTES).getFloat();
  }

  /** Returns a string, which must be valid UTF-8. */
  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes()).toString();
    } catch (CharacterCodingException e) {
      throw new TokenizerException(
          path + " is damaged: a text in it is not UTF-8. Download the file again.", e);
    }
  }

  ProtobufReader message() {
    return new ProtobufReader(path, bytes());
  }

  /** Returns the bytes of a string, byte string or message. */
  ByteBuffer bytes() {
    expect(BYTES);
    long length = varint();
    if (length < 0 || length > buffer.remaining()) {
      throw damaged("a length that stays within the file");
    }
    return bytes((int) length);
  }

  void skip() {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> bytes(Long.BYTES);
      case BYTES -> bytes();
      case FIXED32 -> bytes(Integer.BYTES);
      default -> throw damaged("a known wire type");
    }
  }

  private ByteBuffer bytes(int length) {
    if (length > buffer.remaining()) {
      throw damaged("more bytes");
    }
    ByteBuffer part = buffer.slice(buffer.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(buffer.position() + length);
    return part;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = bytes(1).get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw damaged("a number of at most ten bytes");
  }

  private void expect(int expected) {
    if (wireType != expected) {
      throw damaged("wire type " + expected + ", not " + wireType);
    }
  }

  private TokenizerException damaged(String expectation) {
    return new TokenizerException(
        path + " is damaged: expected " + expectation + ". Download the file again.");
  }
}
