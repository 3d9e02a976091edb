package io.sa2va.core.evaluate;

import io.sa2va.Answer;
import io.sa2va.EvaluationScore;
import io.sa2va.Segment;
import io.sa2va.core.finish.Phrases;
import io.sa2va.core.scenes.SampleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Scores descriptions whose phrases have masks. */
final class DescriptionScorer implements Scorer {
  private final PhraseGrounding grounding = new PhraseGrounding();

  @Override
  public boolean takes(Question question) {
    return question.kind() == SampleKind.DESCRIPTION;
  }

  @Override
  public Verdict add(Question question, Answer answer) {
    return Verdict.of(grounding.add(predicted(answer), expected(question)));
  }

  private static List<PhraseGrounding.Phrase> expected(Question question) {
    List<String> texts =
        Phrases.of(question.expected()).stream().map(Objects::requireNonNull).toList();
    List<PhraseGrounding.Phrase> phrases = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      phrases.add(new PhraseGrounding.Phrase(texts.get(i), question.targets().get(i)));
    }
    return phrases;
  }

  /** A mask without phrase is one of no words. */
  private static List<PhraseGrounding.Phrase> predicted(Answer answer) {
    List<PhraseGrounding.Phrase> phrases = new ArrayList<>();
    for (Segment segment : answer.segments()) {
      String text = Objects.requireNonNullElse(segment.phrase(), "");
      phrases.add(new PhraseGrounding.Phrase(text, segment.masks()));
    }
    return phrases;
  }

  @Override
  public List<EvaluationScore> scores() {
    return grounding.count() == 0
        ? List.of()
        : List.of(
            new EvaluationScore(
                "grounded phrases mIoU",
                EvaluationScore.ALL,
                grounding.count(),
                grounding.value()));
  }
}
