package io.sa2va.spi;

import io.sa2va.Cancellation;
import io.sa2va.TrainingListener;
import io.sa2va.TrainingRequest;
import io.sa2va.TrainingResult;

/**
 * Trains models; found by {@link java.util.ServiceLoader}.
 *
 * <p>Implementations have a public constructor without parameters and are cheap to make.
 */
public interface TrainingProvider {
  /**
   * Trains a model.
   *
   * @param request what is to be trained
   * @param listener is told how it goes
   * @param cancellation ends the run
   * @return how it ended
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when it cannot be trained
   */
  TrainingResult train(
      TrainingRequest request, TrainingListener listener, Cancellation cancellation);
}
