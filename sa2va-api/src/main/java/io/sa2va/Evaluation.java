package io.sa2va;

import io.sa2va.spi.EvaluationProvider;
import java.util.Set;

/**
 * Measures how good a model is, on data whose answers are known.
 *
 * <pre>{@code
 * EvaluationRequest request = EvaluationRequest.builder("my_data").build();
 * EvaluationReport report = Evaluation.of(request).run(sa2va);
 * System.out.print(report.table());
 * }</pre>
 *
 * <p>The measures of scenes are {@code cIoU} and {@code gIoU} of phrases on pictures, {@code J},
 * {@code F} and {@code J&F} of those on clips, {@code absent without mask}, {@code answered
 * exactly} for questions in words, and {@code grounded phrases mIoU} for descriptions; those of a
 * folder {@code cIoU} and {@code gIoU} over all phrases. Immutable: one may be run on any number of
 * models.
 */
public interface Evaluation {
  /**
   * Opens the data.
   *
   * @param request what a model is asked
   * @return the evaluation, to be run on any number of models
   * @throws io.sa2va.error.InvalidRequestException if there are no such data or kinds
   */
  static Evaluation of(EvaluationRequest request) {
    return Providers.find(EvaluationProvider.class).prepare(request);
  }

  /**
   * What scenes can be asked for.
   *
   * @return the names that {@link EvaluationRequest#kinds()} takes
   */
  static Set<String> sceneKinds() {
    return Providers.find(EvaluationProvider.class).sceneKinds();
  }

  /**
   * Asks a model all questions, one after the other.
   *
   * @param model stays open
   * @param listener hears of every picture and clip
   * @param cancellation ends the evaluation
   * @return the scores, and the worst answers
   * @throws io.sa2va.error.CancelledException if it was cancelled
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, if a record is not sound, or the
   *     model gives no answer
   */
  EvaluationReport run(Sa2VA model, EvaluationListener listener, Cancellation cancellation);

  /**
   * The same without anybody watching.
   *
   * @param model stays open
   * @return the scores, and the worst answers
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, if a record is not sound, or the
   *     model gives no answer
   */
  default EvaluationReport run(Sa2VA model) {
    return run(model, EvaluationListener.NONE, new Cancellation());
  }
}
