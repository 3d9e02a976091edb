package io.sa2va.core.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Keeps the worst cases of each kind; of equal ones the first. Not thread-safe. */
final class WorstCases {
  private final int most;
  private final Map<String, List<WorstCase>> byKind = new TreeMap<>();

  /** Keeps at most so many of each kind, from 0. */
  WorstCases(int most) {
    this.most = most;
  }

  /** Adds a case if its score makes it one of the worst of its kind; only then is it made. */
  void add(String kind, double score, Supplier<WorstCase> made) {
    List<WorstCase> kept = byKind.computeIfAbsent(kind, k -> new ArrayList<>());
    boolean among = kept.size() < most || (most > 0 && score < kept.get(most - 1).score());
    if (score < 1 && among) {
      kept.add(made.get());
      kept.sort(Comparator.comparingDouble(WorstCase::score));
      kept.subList(Math.min(most, kept.size()), kept.size()).clear();
    }
  }

  List<WorstCase> all() {
    return byKind.values().stream().flatMap(List::stream).toList();
  }
}
