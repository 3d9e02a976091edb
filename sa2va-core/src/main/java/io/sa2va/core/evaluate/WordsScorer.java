package io.sa2va.core.evaluate;

import io.sa2va.Answer;
import io.sa2va.EvaluationScore;
import io.sa2va.core.scenes.SampleKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Scores questions that are answered in words. */
final class WordsScorer implements Scorer {
  private static final Set<SampleKind> KINDS =
      EnumSet.of(
          SampleKind.COUNT,
          SampleKind.COLOR,
          SampleKind.SHAPE,
          SampleKind.EXISTS,
          SampleKind.COMPARE,
          SampleKind.POSITION,
          SampleKind.ACTION,
          SampleKind.REGION);

  private final ByKind<AnswerAccuracy> accuracy = new ByKind<>(AnswerAccuracy::new);

  @Override
  public boolean takes(Question question) {
    return KINDS.contains(question.kind());
  }

  @Override
  public Verdict add(Question question, Answer answer) {
    boolean right = false;
    for (AnswerAccuracy metric : accuracy.of(question.kind())) {
      right = metric.add(answer.text(), question.expected());
    }
    return Verdict.of(right);
  }

  @Override
  public List<EvaluationScore> scores() {
    return accuracy.scores("answered exactly", AnswerAccuracy::count, AnswerAccuracy::value);
  }
}
