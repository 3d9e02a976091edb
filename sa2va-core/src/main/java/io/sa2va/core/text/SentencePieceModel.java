package io.sa2va.core.text;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@code tokenizer.model} holds (sentencepiece, {@code sentencepiece_model.proto}). */
final class SentencePieceModel {
  private static final long LARGEST_FILE = 128L << 20;
  private static final int BPE = 2;
  private static final List<String> MODEL_TYPES = List.of("", "unigram", "bpe", "word", "char");
  // Sixteen characters is the trainer's default; without a bound, a damaged file could cost hours.
  private static final int LONGEST_PIECE = 1024;

  /** Piece types in the order of their numbers, from 1. */
  enum PieceType {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  record Piece(String text, float score, PieceType type) {}

  private final Path path;
  private final List<Piece> pieces = new ArrayList<>();
  private int modelType = 1;
  private boolean byteFallback;
  private boolean spaceAsSuffix;
  private String unknownSurface = " \u2047 ";
  private boolean dummyPrefix = true;
  private boolean removesExtraSpaces = true;
  private boolean escapesSpaces = true;
  private @Nullable ByteBuffer charsMap;

  private SentencePieceModel(Path path) {
    this.path = path;
  }

  static SentencePieceModel read(Path path) {
    SentencePieceModel model = new SentencePieceModel(path);
    model.readModel(
        new ProtobufReader(path, ByteBuffer.wrap(JsonFile.bytesOf(path, LARGEST_FILE))));
    model.check();
    return model;
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** Whether unknown characters become the pieces of their bytes. */
  boolean byteFallback() {
    return byteFallback;
  }

  /** What the unknown piece shows as. */
  String unknownSurface() {
    return unknownSurface;
  }

  /** Whether a space is put before every text. */
  boolean dummyPrefix() {
    return dummyPrefix;
  }

  /** Whether spaces at both ends go and runs of them become one. */
  boolean removesExtraSpaces() {
    return removesExtraSpaces;
  }

  /** Whether U+2581 stands for a space. */
  boolean escapesSpaces() {
    return escapesSpaces;
  }

  /** The table of characters that are replaced before anything else. */
  CharsMap charsMap() {
    return charsMap == null ? CharsMap.identity() : CharsMap.read(path, charsMap);
  }

  private void readModel(ProtobufReader message) {
    for (int field = message.nextField(); field != 0; field = message.nextField()) {
      switch (field) {
        case 1 -> pieces.add(readPiece(message.message()));
        case 2 -> readTrainerSpec(message.message());
        case 3 -> readNormalizerSpec(message.message());
        case 5 -> checkDenormalizer(message.message());
        default -> message.skip();
      }
    }
  }

  private Piece readPiece(ProtobufReader message) {
    String text = "";
    float score = 0;
    long type = 1;
    for (int field = message.nextField(); field != 0; field = message.nextField()) {
      switch (field) {
        case 1 -> text = message.text();
        case 2 -> score = message.real();
        case 3 -> type = message.number();
        default -> message.skip();
      }
    }
    if (text.isEmpty() || text.length() > LONGEST_PIECE || Float.isNaN(score)) {
      throw unexpected(
          "piece " + pieces.size() + " to have a text of 1 to 1024 characters and a score");
    }
    if (type < 1 || type > PieceType.values().length) {
      throw unexpected("the type of piece " + pieces.size() + " to be 1 to 6, not " + type);
    }
    return new Piece(text, score, PieceType.values()[(int) type - 1]);
  }

  private void readTrainerSpec(ProtobufReader message) {
    for (int field = message.nextField(); field != 0; field = message.nextField()) {
      switch (field) {
        case 3 -> modelType = (int) message.number();
        case 24 -> spaceAsSuffix = message.flag();
        case 35 -> byteFallback = message.flag();
        case 44 -> unknownSurface = message.text();
        default -> message.skip();
      }
    }
  }

  private void readNormalizerSpec(ProtobufReader message) {
    for (int field = message.nextField(); field != 0; field = message.nextField()) {
      switch (field) {
        case 2 -> charsMap = message.bytes();
        case 3 -> dummyPrefix = message.flag();
        case 4 -> removesExtraSpaces = message.flag();
        case 5 -> escapesSpaces = message.flag();
        default -> message.skip();
      }
    }
  }

  private void checkDenormalizer(ProtobufReader message) {
    for (int field = message.nextField(); field != 0; field = message.nextField()) {
      if (field == 2 && message.bytes().hasRemaining()) {
        throw unexpected("no denormalizer, which is not supported");
      } else if (field != 2) {
        message.skip();
      }
    }
  }

  private void check() {
    if (modelType != BPE) {
      String name =
          modelType > 0 && modelType < MODEL_TYPES.size()
              ? MODEL_TYPES.get(modelType)
              : String.valueOf(modelType);
      throw unexpected("a BPE model, the only kind supported, not " + name);
    }
    if (spaceAsSuffix) {
      throw unexpected("treat_whitespace_as_suffix to be off, as suffixes are not supported");
    }
    if (pieces.size() > Vocabulary.LARGEST_ID) {
      throw unexpected("at most " + Vocabulary.LARGEST_ID + " pieces");
    }
    checkPieces();
  }

  private void checkPieces() {
    Set<String> seen = new HashSet<>();
    for (Piece piece : pieces) {
      if (!seen.add(piece.text())) {
        throw unexpected("each piece once, but \"" + piece.text() + "\" is there twice");
      }
    }
    if (count(PieceType.UNKNOWN) != 1) {
      throw unexpected("one piece for unknown characters");
    }
    if (count(PieceType.UNUSED) > 0) {
      throw unexpected("no unused pieces, which are not supported");
    }
    for (int b = 0; byteFallback && b < 256; b++) {
      if (!seen.contains(pieceOfByte(b))) {
        throw unexpected("a piece for every byte, but " + pieceOfByte(b) + " is missing");
      }
    }
  }

  private long count(PieceType type) {
    return pieces.stream().filter(piece -> piece.type() == type).count();
  }

  /** Returns the name of the piece that stands for a byte, 0 to 255. */
  static String pieceOfByte(int b) {
    return String.format("<0x%02X>", b);
  }

  private TokenizerException unexpected(String expectation) {
    return new TokenizerException(
        path
            + ": expected "
            + expectation
            + ". Check that the file belongs to a supported checkpoint, or download it again.");
  }
}
