package io.sa2va.core.text;

import java.util.Set;

/**
 * Text of a SentencePiece tokenizer's ids, as InternLM2's class puts it together: runs of pieces
 * between the added tokens that stand apart, joined by spaces. Within a run, other special tokens
 * appear by name, and a stretch of pieces that ends at one gets a space before it; with special
 * tokens kept, a stretch is therefore held back until it is known how it ends.
 */
final class SentencePieceDecoder implements IncrementalDecoder {
  private final Vocabulary vocabulary;
  private final PieceTable pieces;
  private final Set<Integer> standingApart;
  private final SpecialTokens specialTokens;
  private final SpaceCleanUp wholeText;

  // The text of a run loses its spaces before punctuation whatever the configuration says.
  private final SpaceCleanUp runText = SpaceCleanUp.english();
  private final StringBuilder stretch = new StringBuilder();
  private PieceDecoder stretchDecoder;
  private boolean afterSpecial;
  private boolean runHasTokens;
  private boolean runHasText;
  private boolean hasParts;

  SentencePieceDecoder(
      Vocabulary vocabulary,
      PieceTable pieces,
      Set<Integer> standingApart,
      SpecialTokens specialTokens,
      SpaceCleanUp wholeText) {
    this.vocabulary = vocabulary;
    this.pieces = pieces;
    this.standingApart = standingApart;
    this.specialTokens = specialTokens;
    this.wholeText = wholeText;
    stretchDecoder = new PieceDecoder(pieces);
  }

  @Override
  public String next(int id) {
    String token = vocabulary.nameOf(id);
    boolean isSpecial = vocabulary.isSpecial(id);
    if (token == null || (isSpecial && specialTokens == SpecialTokens.SKIP)) {
      return "";
    }
    if (standingApart.contains(id)) {
      return wholeText.next(endRun() + standApart(token));
    }
    runHasTokens = true;
    return wholeText.next(isSpecial ? special(token) : piece(id));
  }

  @Override
  public String finish() {
    boolean joins = runHasTokens && !runHasText && hasParts;
    String rest = endRun();
    // The last run is joined on even where its tokens have no text.
    return wholeText.next(joins && rest.isEmpty() ? " " : rest) + wholeText.finish();
  }

  private String piece(int id) {
    afterSpecial = false;
    stretch.append(stretchDecoder.next(id));
    return specialTokens == SpecialTokens.SKIP ? releaseStretch() : "";
  }

  private String special(String token) {
    if (!afterSpecial) {
      stretch.insert(0, ' ');
    }
    stretch.append(stretchDecoder.finish()).append(token);
    stretchDecoder = new PieceDecoder(pieces);
    afterSpecial = true;
    return releaseStretch();
  }

  private String standApart(String token) {
    String text = hasParts ? " " + token : token;
    hasParts = true;
    return text;
  }

  private String releaseStretch() {
    String text = runText.next(stretch.toString());
    stretch.setLength(0);
    return asPart(text);
  }

  /** Ends the run; it counts as a part if it had any text. */
  private String endRun() {
    stretch.append(stretchDecoder.finish());
    String text = releaseStretch() + asPart(runText.finish());
    hasParts |= runHasText;
    stretchDecoder = new PieceDecoder(pieces);
    afterSpecial = false;
    runHasTokens = false;
    runHasText = false;
    return text;
  }

  /** Puts the joining space before the first text of a run. */
  private String asPart(String text) {
    if (text.isEmpty()) {
      return "";
    }
    boolean begins = !runHasText;
    runHasText = true;
    return begins && hasParts ? " " + text : text;
  }
}
