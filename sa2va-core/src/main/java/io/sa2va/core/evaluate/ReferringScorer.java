package io.sa2va.core.evaluate;

import io.sa2va.Answer;
import io.sa2va.EvaluationScore;
import io.sa2va.Mask;
import io.sa2va.Segment;
import io.sa2va.core.scenes.SampleKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Scores masks of what words refer to in pictures. Where one thing was asked for, all masks of the
 * answer together are its mask; of several, the n-th mask is that of the n-th, and one too many is
 * compared with an empty one.
 */
final class ReferringScorer implements Scorer {
  private static final Set<SampleKind> KINDS =
      EnumSet.of(
          SampleKind.ATTRIBUTE,
          SampleKind.PLACE,
          SampleKind.RELATION,
          SampleKind.GROUP,
          SampleKind.SEVERAL);

  private final ByKind<CumulativeIou> cumulative = new ByKind<>(CumulativeIou::new);
  private final ByKind<MeanIou> mean = new ByKind<>(MeanIou::new);

  @Override
  public boolean takes(Question question) {
    return question.aboutPicture() && KINDS.contains(question.kind());
  }

  @Override
  public Verdict add(Question question, Answer answer) {
    Mask empty = question.nothing().get(0);
    List<Mask> targets = question.targets().stream().map(frames -> frames.get(0)).toList();
    List<Mask> predicted = answer.segments().stream().map(Segment::mask).toList();
    if (targets.size() == 1) {
      predicted = List.of(predicted.stream().reduce(empty, Mask::union));
    }
    int objects = Math.max(targets.size(), predicted.size());
    double sum = 0;
    for (int i = 0; i < objects; i++) {
      sum += add(question.kind(), at(predicted, i, empty), at(targets, i, empty));
    }
    return Verdict.of(sum / objects);
  }

  private double add(SampleKind kind, Mask predicted, Mask target) {
    cumulative.of(kind).forEach(metric -> metric.add(predicted, target));
    mean.of(kind).forEach(metric -> metric.add(predicted, target));
    return predicted.iou(target);
  }

  private static Mask at(List<Mask> masks, int index, Mask absent) {
    return index < masks.size() ? masks.get(index) : absent;
  }

  @Override
  public List<EvaluationScore> scores() {
    return Stream.concat(
            cumulative.scores("cIoU", CumulativeIou::count, CumulativeIou::value).stream(),
            mean.scores("gIoU", MeanIou::count, MeanIou::value).stream())
        .toList();
  }
}
