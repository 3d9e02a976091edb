package io.sa2va.core.text;

import io.sa2va.core.text.PieceTable.LeadingSpaces;

/** Joins a run of pieces to text (sentencepiece, {@code SentencePieceProcessor::Decode}). */
final class PieceDecoder {
  private final PieceTable pieces;
  private final Utf8Assembler bytes = new Utf8Assembler(Utf8Assembler.Broken.BYTE_BY_BYTE);
  private boolean droppedSpace;
  private boolean hasText;

  PieceDecoder(PieceTable pieces) {
    this.pieces = pieces;
  }

  String next(int id) {
    StringBuilder text = new StringBuilder();
    int b = pieces.byteOf(id);
    if (b >= 0) {
      bytes.accept(b, text);
    } else {
      bytes.finish(text);
      hasText |= text.length() > 0;
      text.append(surfaceAt(id));
    }
    hasText |= text.length() > 0;
    return text.toString();
  }

  String finish() {
    StringBuilder rest = new StringBuilder();
    bytes.finish(rest);
    return rest.toString();
  }

  private String surfaceAt(int id) {
    String surface = pieces.surfaceOf(id);
    boolean atStart = !hasText && !droppedSpace;
    if (atStart
        && pieces.leadingSpaces() != LeadingSpaces.KEEP
        && surface.indexOf(SentencePieceNormalizer.SPACE) == 0) {
      droppedSpace = pieces.leadingSpaces() == LeadingSpaces.DROP_ONE;
      surface = surface.substring(1);
    }
    return surface.replace(SentencePieceNormalizer.SPACE, ' ');
  }
}
