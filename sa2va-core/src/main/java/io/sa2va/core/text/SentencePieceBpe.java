package io.sa2va.core.text;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Byte-pair encoding of a SentencePiece model, with the habits of InternLM2's tokenizer around it
 * ({@code tokenization_internlm2.py}): {@code <s>} first, every stretch between added tokens
 * encoded by itself, and decoded text with spaces around added tokens and none before punctuation.
 */
public final class SentencePieceBpe extends VocabularyTokenizer {
  private static final Map<String, String> DEFAULT_ROLES =
      Map.of("bos_token", "<s>", "eos_token", "</s>", "pad_token", "</s>", "unk_token", "<unk>");

  private final PieceTable pieces;
  private final SentencePieceNormalizer normalizer;
  private final AddedTokenMatcher addedTokens;
  private final Set<Integer> standingApart;
  private final boolean cleanUpSpaces;

  private SentencePieceBpe(
      Vocabulary vocabulary, SentencePieceModel model, TokenizerConfig config) {
    super(vocabulary, config.sequenceIds(vocabulary, true));
    pieces = new PieceTable(model);
    normalizer = new SentencePieceNormalizer(model, pieces.userDefined());
    addedTokens = new AddedTokenMatcher(vocabulary.addedTokens(), UnaryOperator.identity());
    standingApart = standingApart(vocabulary, config, model.pieces().size());
    cleanUpSpaces = config.cleanUpSpaces();
  }

  /** Reads {@code tokenizer.model} and the files that list added tokens beside it. */
  static SentencePieceBpe read(Path folder) {
    SentencePieceModel model = SentencePieceModel.read(folder.resolve("tokenizer.model"));
    TokenizerConfig config = TokenizerConfig.read(folder, DEFAULT_ROLES);
    Map<String, Integer> base = new HashMap<>();
    for (SentencePieceModel.Piece piece : model.pieces()) {
      base.put(piece.text(), base.size());
    }
    return new SentencePieceBpe(new Vocabulary(base, addedTokens(base, config)), model, config);
  }

  /** Tokens with a role are found in texts too, whether the files list them as added or not. */
  private static List<AddedToken> addedTokens(Map<String, Integer> base, TokenizerConfig config) {
    Set<String> special = config.specialNames();
    List<AddedToken> tokens = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (AddedToken token : config.addedTokens()) {
      tokens.add(token.withSpecial(special.contains(token.content())));
      listed.add(token.content());
    }
    for (String name : special) {
      Integer id = base.get(name);
      if (id != null && !listed.contains(name)) {
        tokens.add(AddedToken.plain(name, id, true));
      }
    }
    return tokens;
  }

  /** Returns the added tokens that decoding sets between spaces. */
  private static Set<Integer> standingApart(
      Vocabulary vocabulary, TokenizerConfig config, int pieceCount) {
    Set<Integer> ids = new HashSet<>();
    for (AddedToken token : vocabulary.addedTokens()) {
      boolean beyondPieces =
          config.additionalNames().contains(token.content()) && token.id() >= pieceCount;
      if (!token.special() || beyondPieces) {
        ids.add(token.id());
      }
    }
    return Set.copyOf(ids);
  }

  @Override
  void encode(String text, ImmutableIntArray.Builder ids) {
    for (AddedTokenMatcher.Segment segment : addedTokens.split(text)) {
      if (segment.token() != null) {
        ids.add(segment.token().id());
      } else {
        encodePieces(normalizer.normalize(segment.text()), ids);
      }
    }
  }

  private void encodePieces(String normalized, ImmutableIntArray.Builder ids) {
    ImmutableIntArray symbols = PairMerger.merge(pieces.symbols(normalized), pieces.merges());
    boolean afterUnknown = false;
    for (int i = 0; i < symbols.length(); i++) {
      int symbol = symbols.get(i);
      boolean isUnknown = pieces.isUnknown(symbol);
      if (!isUnknown) {
        ids.add(symbol);
      } else if (pieces.byteFallback()) {
        addBytes(pieces.textOfUnknown(symbol), ids);
      } else if (!afterUnknown) {
        ids.add(pieces.unknownId());
      }
      afterUnknown = isUnknown;
    }
  }

  private void addBytes(String character, ImmutableIntArray.Builder ids) {
    for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
      ids.add(pieces.idOfByte(b & 0xFF));
    }
  }

  @Override
  public IncrementalDecoder incrementalDecoder(SpecialTokens specialTokens) {
    return new SentencePieceDecoder(
        vocabulary,
        pieces,
        standingApart,
        specialTokens,
        cleanUpSpaces ? SpaceCleanUp.english() : SpaceCleanUp.none());
  }
}
