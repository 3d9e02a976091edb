package io.sa2va.core.text;

import com.google.common.primitives.ImmutableIntArray;
import io.sa2va.core.text.SentencePieceModel.Piece;
import io.sa2va.core.text.SentencePieceModel.PieceType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pieces of a model as symbols that merge. A symbol below the number of pieces is a piece;
 * above it, a character that is no piece. Two neighbours merge if their texts joined are a piece,
 * so every way to cut a piece in two goes into the merge table.
 */
final class PieceTable {
  private final SentencePieceModel model;
  private final List<Piece> pieces;
  private final Map<String, Integer> mergeable = new HashMap<>();
  private final TokenTrie<Integer> userDefined = new TokenTrie<>();
  private final MergeTable merges = new MergeTable();
  private final int[] byteIds = new int[256];
  private final Map<Integer, Integer> bytesById = new HashMap<>();
  private int unknownId;

  PieceTable(SentencePieceModel model) {
    this.model = model;
    pieces = model.pieces();
    Map<String, Integer> byteNames = new HashMap<>();
    for (int b = 0; b < 256; b++) {
      byteNames.put(SentencePieceModel.pieceOfByte(b), b);
    }
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      switch (piece.type()) {
        case NORMAL -> mergeable.put(piece.text(), id);
        case USER_DEFINED -> userDefined.put(piece.text(), id);
        case UNKNOWN -> unknownId = id;
        case BYTE -> putByte(byteNames.getOrDefault(piece.text(), -1), id);
        case CONTROL, UNUSED -> {}
      }
    }
    fillMerges();
  }

  private void putByte(int b, int id) {
    if (b >= 0) {
      byteIds[b] = id;
      bytesById.put(id, b);
    }
  }

  private void fillMerges() {
    Map<Float, Integer> ranks = ranksOfScores();
    mergeable.forEach(
        (text, id) -> {
          int rank = ranks.get(pieces.get(id).score());
          for (int cut = 1; cut < text.length(); cut++) {
            putMerge(text.substring(0, cut), text.substring(cut), rank, id);
          }
        });
  }

  private void putMerge(String left, String right, int rank, int id) {
    int leftSymbol = symbolOf(left);
    int rightSymbol = symbolOf(right);
    if (leftSymbol >= 0 && rightSymbol >= 0) {
      merges.put(leftSymbol, rightSymbol, rank, id);
    }
  }

  /** The piece of the highest score merges first. */
  private Map<Float, Integer> ranksOfScores() {
    Map<Float, Integer> ranks = new HashMap<>();
    pieces.stream()
        .map(Piece::score)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .forEach(score -> ranks.put(score, ranks.size()));
    return ranks;
  }

  /** Returns a piece's or a single character's symbol, or -1 where the text is neither. */
  private int symbolOf(String text) {
    Integer id = mergeable.get(text);
    if (id != null) {
      return id;
    }
    int codePoint = text.codePointAt(0);
    boolean isCharacter =
        text.length() == Character.charCount(codePoint)
            && !(text.length() == 1 && Character.isSurrogate(text.charAt(0)));
    return isCharacter ? pieces.size() + codePoint : -1;
  }

  /** Cuts normalised text into what merging begins with: user-defined pieces and characters. */
  int[] symbols(String text) {
    ImmutableIntArray.Builder symbols = ImmutableIntArray.builder(text.length());
    for (int at = 0; at < text.length(); ) {
      TokenTrie.Match<Integer> match = userDefined.longestAt(text, at);
      int length = match != null ? match.length() : Character.charCount(text.codePointAt(at));
      symbols.add(match != null ? match.value() : symbolOf(text.substring(at, at + length)));
      at += length;
    }
    return symbols.build().toArray();
  }

  MergeTable merges() {
    return merges;
  }

  /** The pieces that are found whole in the text and never merge. */
  TokenTrie<Integer> userDefined() {
    return userDefined;
  }

  boolean isUnknown(int symbol) {
    return symbol >= pieces.size();
  }

  String textOfUnknown(int symbol) {
    return Character.toString(symbol - pieces.size());
  }

  boolean byteFallback() {
    return model.byteFallback();
  }

  int idOfByte(int b) {
    return byteIds[b];
  }

  int unknownId() {
    return unknownId;
  }

  /** Returns the byte that a piece stands for, or -1. */
  int byteOf(int id) {
    return bytesById.getOrDefault(id, -1);
  }

  /** Returns what a piece shows as, spaces written as U+2581. */
  String surfaceOf(int id) {
    Piece piece = pieces.get(id);
    if (piece.type() == PieceType.CONTROL) {
      return "";
    }
    return piece.type() == PieceType.UNKNOWN ? model.unknownSurface() : piece.text();
  }

  /** Whether decoding drops the spaces a text begins with: all, one, or none. */
  LeadingSpaces leadingSpaces() {
    if (model.removesExtraSpaces()) {
      return LeadingSpaces.DROP_ALL;
    }
    return model.dummyPrefix() ? LeadingSpaces.DROP_ONE : LeadingSpaces.KEEP;
  }

  /** What decoding does with U+2581 where a text begins. */
  enum LeadingSpaces {
    KEEP,
    DROP_ONE,
    DROP_ALL
  }
}
