package io.sa2va.core.evaluate;

import io.sa2va.EvaluationScore;
import io.sa2va.core.scenes.SampleKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** A metric for each kind of sample, and one for all of them together. */
final class ByKind<M> {
  private final Map<SampleKind, M> kinds = new EnumMap<>(SampleKind.class);
  private final Supplier<M> maker;
  private final M all;

  ByKind(Supplier<M> maker) {
    this.maker = maker;
    this.all = maker.get();
  }

  /** The metrics that a sample counts for: its kind's and the one of all. */
  List<M> of(SampleKind kind) {
    return List.of(kinds.computeIfAbsent(kind, k -> maker.get()), all);
  }

  /** The kinds in their order, then all; without kinds that there were no samples of. */
  List<EvaluationScore> scores(String measure, ToLongFunction<M> count, ToDoubleFunction<M> value) {
    List<EvaluationScore> scores = new ArrayList<>();
    kinds.forEach(
        (kind, metric) ->
            scores.add(
                new EvaluationScore(
                    measure, name(kind), count.applyAsLong(metric), value.applyAsDouble(metric))));
    if (!scores.isEmpty()) {
      scores.add(
          new EvaluationScore(
              measure, EvaluationScore.ALL, count.applyAsLong(all), value.applyAsDouble(all)));
    }
    return scores;
  }

  static String name(SampleKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
