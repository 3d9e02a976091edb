package io.sa2va.core.evaluate;

import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.Evaluation;
import io.sa2va.EvaluationListener;
import io.sa2va.Mask;
import io.sa2va.Sa2VA;
import java.util.List;

/**
 * Asks a model about scenes of coloured shapes, whose answers and masks are known exactly, and
 * scores it. The scenes come from the seed alone: pictures of many sizes and shapes and clips of 24
 * frames. Each picture is asked one question of every kind that it has, each clip for the mask of a
 * shape by what it is and by what it does, and what a shape does.
 *
 * <p>The report's measures: {@code cIoU} and {@code gIoU} of referring phrases on pictures; {@code
 * J}, {@code F} and {@code J&F} of those on clips; {@code absent without mask}; {@code answered
 * exactly} for questions in words; {@code grounded phrases mIoU} for descriptions. Where it has
 * several kinds, each is a part in lower case, and {@code all} is all of them.
 */
public final class SceneEvaluation implements Evaluation {
  private final SceneEvaluationOptions options;
  private final SceneQuestions questions;

  /**
   * An evaluation, to be run on any number of models.
   *
   * @param options which scenes, and what is asked
   */
  public SceneEvaluation(SceneEvaluationOptions options) {
    this.options = options;
    this.questions = new SceneQuestions(options);
  }

  /**
   * Asks a model all questions, one after the other.
   *
   * @param model stays open
   * @param listener hears of every picture and clip
   * @param cancellation ends the evaluation
   * @return the scores, and the worst answers
   * @throws io.sa2va.error.CancelledException if it was cancelled
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, if the model gives no answer
   */
  @Override
  public ScoreSheet run(Sa2VA model, EvaluationListener listener, Cancellation cancellation) {
    Run run = new Run(new Interview(model, cancellation));
    int clips = questions.asksClips() ? options.clips() : 0;
    long total = (long) options.pictures() + clips;
    for (long i = 0; i < options.pictures(); i++) {
      questions.ofPicture(i).forEach(run::ask);
      listener.progress(i + 1, total);
    }
    for (long i = 0; i < clips; i++) {
      questions.ofClip(i).forEach(run::ask);
      listener.progress(options.pictures() + i + 1, total);
    }
    return run.report();
  }

  /** The scores of one run. */
  private final class Run {
    private final Interview interview;
    private final WorstCases worst = new WorstCases(options.worst());
    private final List<Scorer> scorers =
        List.of(
            new ReferringScorer(),
            new TrackingScorer(),
            new AbsentScorer(),
            new WordsScorer(),
            new DescriptionScorer());

    Run(Interview interview) {
      this.interview = interview;
    }

    void ask(Question question) {
      Answer answer = interview.ask(question.request(), question.name());
      scorers.stream()
          .filter(scorer -> scorer.takes(question))
          .findFirst()
          .ifPresent(scorer -> keep(question, answer, scorer.add(question, answer)));
    }

    private void keep(Question question, Answer answer, Verdict verdict) {
      worst.add(
          ByKind.name(question.kind()),
          verdict.score(),
          () -> worstCase(question, answer, verdict));
    }

    ScoreSheet report() {
      return new ScoreSheet(
          scorers.stream().flatMap(scorer -> scorer.scores().stream()).toList(), worst.all());
    }
  }

  private static WorstCase worstCase(Question question, Answer answer, Verdict verdict) {
    int frame = verdict.frame();
    List<Mask> predicted = answer.segments().stream().map(segment -> segment.mask(frame)).toList();
    return new WorstCase(
        ByKind.name(question.kind()),
        question.aboutPicture() ? question.name() : question.name() + ", frame " + frame,
        verdict.score(),
        question.request().prompt(),
        question.expected(),
        answer.rawText(),
        question.frame(frame),
        question.regions(),
        question.targets().stream().map(masks -> masks.get(frame)).toList(),
        predicted);
  }
}
