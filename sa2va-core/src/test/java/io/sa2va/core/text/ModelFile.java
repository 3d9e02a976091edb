package io.sa2va.core.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small {@code tokenizer.model} files. Begins with the pieces unk, s and /s, ids 0 to 2. */
final class ModelFile {
  private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
  private final ByteArrayOutputStream trainer = new ByteArrayOutputStream();
  private final ByteArrayOutputStream normalizer = new ByteArrayOutputStream();
  private float score;

  ModelFile() {
    piece("<unk>", 2).piece("<s>", 3).piece("</s>", 3);
  }

  /** Adds a piece of a type by its number; earlier ones score higher. */
  ModelFile piece(String text, int type) {
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    bytes(piece, 1, text.getBytes(StandardCharsets.UTF_8));
    piece.write((2 << 3) | 5);
    piece.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(score--).array());
    number(piece, 3, type);
    bytes(pieces, 1, piece.toByteArray());
    return this;
  }

  ModelFile pieces(String... texts) {
    for (String text : texts) {
      piece(text, 1);
    }
    return this;
  }

  ModelFile trainer(int field, int value) {
    number(trainer, field, value);
    return this;
  }

  ModelFile normalizer(int field, int value) {
    number(normalizer, field, value);
    return this;
  }

  ModelFile charsMap(byte[] blob) {
    bytes(normalizer, 2, blob);
    return this;
  }

  void write(Path folder) throws IOException {
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    model.writeBytes(pieces.toByteArray());
    bytes(model, 2, trainer.toByteArray());
    bytes(model, 3, normalizer.toByteArray());
    Files.write(folder.resolve("tokenizer.model"), model.toByteArray());
  }

  private static void number(ByteArrayOutputStream out, int field, int value) {
    varint(out, field << 3);
    varint(out, value);
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, (field << 3) | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
