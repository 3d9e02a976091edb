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

/** Scores what words refer to in clips, on every frame; of several masks the first counts. */
final class TrackingScorer implements Scorer {
  private static final Set<SampleKind> KINDS = EnumSet.of(SampleKind.ATTRIBUTE, SampleKind.MOTION);

  private final ByKind<TrackAccuracy> accuracy = new ByKind<>(TrackAccuracy::new);

  @Override
  public boolean takes(Question question) {
    return !question.aboutPicture() && KINDS.contains(question.kind());
  }

  @Override
  public Verdict add(Question question, Answer answer) {
    List<Mask> target = question.targets().get(0);
    List<Mask> predicted =
        answer.segments().stream().findFirst().map(Segment::masks).orElse(question.nothing());
    double score = 0;
    for (TrackAccuracy metric : accuracy.of(question.kind())) {
      score = metric.add(predicted, target);
    }
    return new Verdict(score, worstFrame(predicted, target));
  }

  private static int worstFrame(List<Mask> predicted, List<Mask> target) {
    int worst = 0;
    for (int frame = 1; frame < target.size(); frame++) {
      if (iou(predicted, target, frame) < iou(predicted, target, worst)) {
        worst = frame;
      }
    }
    return worst;
  }

  private static double iou(List<Mask> predicted, List<Mask> target, int frame) {
    return predicted.get(frame).iou(target.get(frame));
  }

  @Override
  public List<EvaluationScore> scores() {
    return Stream.of(
            accuracy.scores("J", TrackAccuracy::count, TrackAccuracy::region),
            accuracy.scores("F", TrackAccuracy::count, TrackAccuracy::boundary),
            accuracy.scores("J&F", TrackAccuracy::count, TrackAccuracy::value))
        .flatMap(List::stream)
        .toList();
  }
}
