package io.sa2va.core.evaluate;

import io.sa2va.Answer;
import io.sa2va.EvaluationScore;
import io.sa2va.core.scenes.SampleKind;
import java.util.List;

/** Scores prompts for the mask of what is not there. */
final class AbsentScorer implements Scorer {
  private final AbsentRecall recall = new AbsentRecall();

  @Override
  public boolean takes(Question question) {
    return question.kind() == SampleKind.ABSENT;
  }

  @Override
  public Verdict add(Question question, Answer answer) {
    return Verdict.of(recall.add(answer));
  }

  @Override
  public List<EvaluationScore> scores() {
    return recall.count() == 0
        ? List.of()
        : List.of(
            new EvaluationScore(
                "absent without mask", EvaluationScore.ALL, recall.count(), recall.value()));
  }
}
