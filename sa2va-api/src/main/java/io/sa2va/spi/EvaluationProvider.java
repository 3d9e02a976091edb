package io.sa2va.spi;

import io.sa2va.Evaluation;
import io.sa2va.EvaluationRequest;
import java.util.Set;

/**
 * Evaluates models; found by {@link java.util.ServiceLoader}.
 *
 * <p>Implementations have a public constructor without parameters and are cheap to make.
 */
public interface EvaluationProvider {
  /**
   * Opens the data of an evaluation.
   *
   * @param request what a model is asked
   * @return the evaluation
   * @throws io.sa2va.error.InvalidRequestException if there are no such data or kinds
   */
  Evaluation prepare(EvaluationRequest request);

  /**
   * What scenes can be asked for.
   *
   * @return names in lower case
   */
  Set<String> sceneKinds();
}
