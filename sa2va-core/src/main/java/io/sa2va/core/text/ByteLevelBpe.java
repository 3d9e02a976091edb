package io.sa2va.core.text;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Byte-level byte-pair encoding as Qwen2 uses it: words cut by {@link Qwen2Words}, their UTF-8
 * bytes merged by rank. The behaviour is that of Hugging Face tokenizers 0.22 ({@code ByteLevel},
 * {@code BPE}, {@code AddedVocabulary}).
 */
public final class ByteLevelBpe extends VocabularyTokenizer {
  // The reference's own bounds: most words are common ones, so a full cache stays useful.
  private static final int CACHED_WORDS = 10_000;
  private static final int LONGEST_CACHED_WORD = 256;

  private final ByteLevelModel model;
  private final boolean cleanUpSpaces;
  private final UnaryOperator<String> normalizer;
  private final AddedTokenMatcher rawTokens;
  private final AddedTokenMatcher normalizedTokens;
  private final Map<String, ImmutableIntArray> cache = new ConcurrentHashMap<>();

  ByteLevelBpe(
      Vocabulary vocabulary, ByteLevelModel model, SequenceIds sequenceIds, boolean cleanUpSpaces) {
    super(vocabulary, sequenceIds);
    this.model = model;
    this.cleanUpSpaces = cleanUpSpaces;
    normalizer = model.composes() ? ByteLevelBpe::compose : UnaryOperator.identity();
    rawTokens =
        new AddedTokenMatcher(
            vocabulary.addedTokens().stream().filter(t -> !t.normalized()).toList(),
            UnaryOperator.identity());
    normalizedTokens =
        new AddedTokenMatcher(
            vocabulary.addedTokens().stream().filter(AddedToken::normalized).toList(), normalizer);
  }

  @Override
  void encode(String text, ImmutableIntArray.Builder ids) {
    for (AddedTokenMatcher.Segment raw : rawTokens.split(text)) {
      if (raw.token() != null) {
        ids.add(raw.token().id());
      } else {
        encodeNormalized(normalizer.apply(raw.text()), ids);
      }
    }
  }

  private void encodeNormalized(String text, ImmutableIntArray.Builder ids) {
    for (AddedTokenMatcher.Segment segment : normalizedTokens.split(text)) {
      if (segment.token() != null) {
        ids.add(segment.token().id());
      } else {
        encodeWords(segment.text(), ids);
      }
    }
  }

  private void encodeWords(String text, ImmutableIntArray.Builder ids) {
    int start = 0;
    while (start < text.length()) {
      int end = Qwen2Words.wordEnd(text, start);
      ids.addAll(idsOfWord(text.substring(start, end)));
      start = end;
    }
  }

  private ImmutableIntArray idsOfWord(String word) {
    ImmutableIntArray known = cache.get(word);
    if (known != null) {
      return known;
    }
    ImmutableIntArray ids = mergeBytes(word.getBytes(StandardCharsets.UTF_8));
    if (word.length() <= LONGEST_CACHED_WORD && cache.size() < CACHED_WORDS) {
      cache.put(word, ids);
    }
    return ids;
  }

  private ImmutableIntArray mergeBytes(byte[] bytes) {
    int[] symbols = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      symbols[i] = model.idOfByte(bytes[i] & 0xFF);
    }
    return PairMerger.merge(symbols, model.merges());
  }

  private static String compose(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  @Override
  public IncrementalDecoder incrementalDecoder(SpecialTokens specialTokens) {
    return new ByteLevelDecoder(
        vocabulary, specialTokens, cleanUpSpaces ? SpaceCleanUp.english() : SpaceCleanUp.none());
  }
}
