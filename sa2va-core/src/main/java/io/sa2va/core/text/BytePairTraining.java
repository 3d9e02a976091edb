package io.sa2va.core.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns the merges of a byte-level vocabulary from texts: again and again the most frequent pair
 * of neighbours becomes one token, of equal ones the first in the alphabet, until every word of the
 * texts is a single token.
 *
 * <p>Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (2016).
 */
public final class BytePairTraining {
  private final Map<List<String>, Integer> words = new LinkedHashMap<>();

  /** A pair that becomes one token. */
  public record Merge(String left, String right) {
    String merged() {
      return left + right;
    }
  }

  private BytePairTraining() {}

  /**
   * Learns from texts, cut into words as Qwen2 does.
   *
   * @return in the order in which they apply
   */
  public static List<Merge> merges(Collection<String> texts) {
    BytePairTraining training = new BytePairTraining();
    texts.forEach(training::read);
    List<Merge> merges = new ArrayList<>();
    for (Optional<Merge> next = training.mostFrequent();
        next.isPresent();
        next = training.mostFrequent()) {
      merges.add(next.get());
      training.apply(next.get());
    }
    return merges;
  }

  /** The 256 tokens that every byte-level vocabulary begins with, in the order of the alphabet. */
  public static List<String> bytes() {
    List<String> bytes = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      bytes.add(String.valueOf(ByteAlphabet.characterOf(b)));
    }
    return bytes.stream().sorted().toList();
  }

  private void read(String text) {
    for (int start = 0; start < text.length(); ) {
      int end = Qwen2Words.wordEnd(text, start);
      words.merge(symbols(text.substring(start, end)), 1, Integer::sum);
      start = end;
    }
  }

  private static List<String> symbols(String word) {
    List<String> symbols = new ArrayList<>();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      symbols.add(String.valueOf(ByteAlphabet.characterOf(b & 0xFF)));
    }
    return symbols;
  }

  private Optional<Merge> mostFrequent() {
    Map<Merge, Integer> counts = new LinkedHashMap<>();
    words.forEach(
        (symbols, count) -> {
          for (int i = 1; i < symbols.size(); i++) {
            counts.merge(new Merge(symbols.get(i - 1), symbols.get(i)), count, Integer::sum);
          }
        });
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Merge, Integer>comparingByValue()
                .thenComparing(
                    Map.Entry::getKey,
                    Comparator.comparing(Merge::left).thenComparing(Merge::right).reversed()))
        .map(Map.Entry::getKey);
  }

  private void apply(Merge merge) {
    Map<List<String>, Integer> merged = new LinkedHashMap<>();
    words.forEach((symbols, count) -> merged.merge(applied(symbols, merge), count, Integer::sum));
    words.clear();
    words.putAll(merged);
  }

  private static List<String> applied(List<String> symbols, Merge merge) {
    List<String> result = new ArrayList<>();
    for (String symbol : symbols) {
      int last = result.size() - 1;
      if (last >= 0 && result.get(last).equals(merge.left()) && symbol.equals(merge.right())) {
        result.set(last, merge.merged());
      } else {
        result.add(symbol);
      }
    }
    return result;
  }
}
