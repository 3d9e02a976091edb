package io.sa2va.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of one box of an MP4 file, to be changed in place. Offsets count from its version.
 */
final class Mp4Box {
  private final Path file;
  private final int content;

  private Mp4Box(Path file, int content) {
    this.file = file;
    this.content = content;
  }

  /** The first box of a type. */
  static Mp4Box find(Path file, String type) throws IOException {
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf(type);
    if (at < 0) {
      throw new IllegalStateException(file + " has no box " + type);
    }
    return new Mp4Box(file, at + type.length());
  }

  int readInt(int offset) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).getInt(content + offset);
  }

  void writeInt(int offset, int value) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putInt(content + offset, value);
    Files.write(file, bytes);
  }
}
