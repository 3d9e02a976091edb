package io.sa2va.core.evaluate;

import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.ChatRequest;
import io.sa2va.Evaluation;
import io.sa2va.EvaluationListener;
import io.sa2va.EvaluationScore;
import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.core.data.AnnotatedPictures;
import io.sa2va.core.data.AnnotatedPictures.AnnotatedPhrase;
import io.sa2va.core.data.AnnotatedPictures.AnnotatedPicture;
import java.util.List;

/**
 * Asks a model for the mask of every phrase of a folder in the fine-tune format, each by itself:
 * {@code Please segment the {text}.} All masks of an answer together are the phrase's mask. The
 * report's measures are {@code cIoU} and {@code gIoU} over all phrases.
 */
public final class PhraseEvaluation implements Evaluation {
  private static final String KIND = "phrase";

  private final AnnotatedPictures pictures;
  private final int worstKept;

  /**
   * An evaluation, to be run on any number of models.
   *
   * @param pictures the data
   * @param worstKept how many of the worst answers are kept, from 0
   */
  public PhraseEvaluation(AnnotatedPictures pictures, int worstKept) {
    this.pictures = pictures;
    this.worstKept = worstKept;
  }

  /**
   * Asks a model for all phrases, one after the other.
   *
   * @param model stays open
   * @param listener hears of every picture
   * @param cancellation ends the evaluation
   * @return the scores, and the worst answers
   * @throws io.sa2va.core.train.BrokenRecordException if a record is not sound
   * @throws io.sa2va.error.CancelledException if it was cancelled
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, if the model gives no answer
   */
  @Override
  public ScoreSheet run(Sa2VA model, EvaluationListener listener, Cancellation cancellation) {
    Interview interview = new Interview(model, cancellation);
    CumulativeIou cumulative = new CumulativeIou();
    MeanIou mean = new MeanIou();
    WorstCases worst = new WorstCases(worstKept);
    for (int i = 0; i < pictures.size(); i++) {
      AnnotatedPicture picture = pictures.get(i);
      for (AnnotatedPhrase phrase : picture.phrases()) {
        ChatRequest request = request(picture.image(), phrase);
        Answer answer = interview.ask(request, picture.file());
        Mask predicted = together(answer, phrase.mask());
        cumulative.add(predicted, phrase.mask());
        mean.add(predicted, phrase.mask());
        worst.add(
            KIND,
            predicted.iou(phrase.mask()),
            () -> worstCase(picture, phrase, request, answer, predicted));
      }
      listener.progress(i + 1L, pictures.size());
    }
    return new ScoreSheet(
        List.of(
            new EvaluationScore(
                "cIoU", EvaluationScore.ALL, cumulative.count(), cumulative.value()),
            new EvaluationScore("gIoU", EvaluationScore.ALL, mean.count(), mean.value())),
        worst.all());
  }

  private static ChatRequest request(Image image, AnnotatedPhrase phrase) {
    return ChatRequest.builder()
        .image(image)
        .prompt("Please segment the " + phrase.text() + ".")
        .build();
  }

  private static Mask together(Answer answer, Mask target) {
    return answer.segments().stream()
        .map(Segment::mask)
        .reduce(Mask.empty(target.width(), target.height()), Mask::union);
  }

  private static WorstCase worstCase(
      AnnotatedPicture picture,
      AnnotatedPhrase phrase,
      ChatRequest request,
      Answer answer,
      Mask predicted) {
    return new WorstCase(
        KIND,
        picture.file(),
        predicted.iou(phrase.mask()),
        request.prompt(),
        "[SEG]",
        answer.rawText(),
        picture.image(),
        List.of(),
        List.of(phrase.mask()),
        List.of(predicted));
  }
}
