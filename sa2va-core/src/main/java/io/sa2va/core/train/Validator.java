package io.sa2va.core.train;

import io.sa2va.TrainingLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Tries a model on samples that it does not learn from: always the same ones. */
final class Validator implements AutoCloseable {
  private final TrainStep step;
  private final SampleStream samples;
  private final long count;

  /**
   * Of the first samples of a set.
   *
   * @param samples closed with this
   * @param count how many
   */
  Validator(TrainStep step, SampleStream samples, long count) {
    this.step = step;
    this.samples = samples;
    this.count = count;
  }

  /** The mean of text losses over all samples, of mask losses over those with masks. */
  TrainingLoss validate() {
    List<LossValues> texts = new ArrayList<>();
    List<LossValues> masks = new ArrayList<>();
    for (long place = 0; place < count; place++) {
      Sample sample = samples.get(place);
      LossValues losses = step.evaluate(List.of(sample));
      texts.add(losses);
      if (!sample.objects().isEmpty()) {
        masks.add(losses);
      }
    }
    samples.passed();
    return new TrainingLoss(
        mean(texts, LossValues::text),
        mean(masks, LossValues::mask),
        mean(masks, LossValues::dice));
  }

  private static double mean(List<LossValues> losses, ToDoubleFunction<LossValues> term) {
    return losses.stream().mapToDouble(term).average().orElse(0);
  }

  @Override
  public void close() {
    samples.close();
  }
}
