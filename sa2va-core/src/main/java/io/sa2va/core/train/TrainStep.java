package io.sa2va.core.train;

import io.sa2va.error.InvalidRequestException;
import io.sa2va.torch.NoGrad;
import io.sa2va.torch.Optimization;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.List;
import java.util.Optional;

/**
 * Learns: gradients of micro-batches add up until the optimizer makes one step of their mean.
 *
 * <p>Everything random (dropout, points, the choice of objects) follows from the seed and the
 * number of the micro-batch, for which libtorch's generators of this process are seeded. For one
 * thread at a time.
 */
public final class TrainStep {
  /** torch's guard against a division by 0 where gradients are clipped. */
  private static final double CLIP_GUARD = 1e-6;

  private final TrainableModel model;
  private final SampleLoss losses;
  private final AdamW optimizer;
  private final TrainSettings settings;
  private long microBatches;
  private int pending;

  /**
   * @param optimizer borrowed
   */
  public TrainStep(TrainableModel model, TrainSettings settings, AdamW optimizer) {
    this.model = model;
    this.losses = new SampleLoss(model, settings.maskLoss());
    this.settings = settings;
    this.optimizer = optimizer;
  }

  /**
   * Adds the gradients of a micro-batch, computing one sample at a time.
   *
   * @param samples at least one
   * @throws RuntimeException what a sample is refused for; then all gradients since the last update
   *     are dropped
   */
  public LossValues accumulate(List<Sample> samples) {
    try {
      return accumulateOrName(samples);
    } catch (RefusedSampleException e) {
      throw e.reason();
    }
  }

  /**
   * The same.
   *
   * @throws RefusedSampleException naming the sample, where one cannot be learned from
   */
  LossValues accumulateOrName(List<Sample> samples) {
    model.parameters().learning(true);
    try {
      BatchSize batch = BatchSize.of(model.family(), samples);
      LossValues sum = LossValues.ZERO;
      for (int i = 0; i < samples.size(); i++) {
        sum = sum.plus(learnOrName(samples.get(i), batch, i));
      }
      microBatches++;
      pending++;
      return sum;
    } catch (RuntimeException e) {
      dropGradients();
      throw e;
    } finally {
      model.parameters().learning(false);
    }
  }

  private LossValues learnOrName(Sample sample, BatchSize batch, int index) {
    try {
      return learn(sample, batch, seedOf(microBatches, index));
    } catch (InvalidRequestException e) {
      throw new RefusedSampleException(index, e);
    }
  }

  private LossValues learn(Sample sample, BatchSize batch, long sampleSeed) {
    try (TensorScope scope = TensorScope.open();
        LossTerms terms = losses.forward(sample, batch, settings.layers(), sampleSeed)) {
      terms.backward();
      model.parameters().collectGradients();
      return terms.values();
    }
  }

  /** The losses of a micro-batch as the model is, without learning from it. */
  public LossValues evaluate(List<Sample> samples) {
    BatchSize batch = BatchSize.of(model.family(), samples);
    LossValues sum = LossValues.ZERO;
    try (NoGrad off = NoGrad.begin()) {
      for (int i = 0; i < samples.size(); i++) {
        try (TensorScope scope = TensorScope.open();
            LossTerms terms =
                losses.forward(samples.get(i), batch, LayerMemory.KEPT, seedOf(0, i))) {
          sum = sum.plus(terms.values());
        }
      }
    }
    return sum;
  }

  private long seedOf(long microBatch, long sample) {
    return settings.seed() + 1_000_003 * microBatch + sample;
  }

  /**
   * Makes one step of the optimizer with the mean gradient of the micro-batches since the last one.
   * Where that is not finite, nothing changes but that it is dropped.
   *
   * @return the norm of the mean gradient before it was clipped
   * @throws IllegalStateException if there were no micro-batches
   */
  public double update(double learningRate) {
    if (pending == 0) {
      throw new IllegalStateException("accumulate at least one micro-batch before an update");
    }
    double norm = Optimization.norm(gradients()) / pending;
    if (Double.isFinite(norm)) {
      step(Math.min(1, settings.maxNorm() / (norm + CLIP_GUARD)) / pending, learningRate);
    }
    dropGradients();
    return norm;
  }

  private void step(double scale, double learningRate) {
    try (TensorScope scope = TensorScope.open()) {
      gradients().forEach(gradient -> gradient.mulInPlace(scale));
      model.parameters().all().forEach(parameter -> optimizer.step(parameter, learningRate));
    }
  }

  private List<Tensor> gradients() {
    return model.parameters().all().stream()
        .map(Parameter::gradient)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Forgets what came after the last update, as if it had not been. */
  void rewind(long microBatchesUntilUpdate) {
    microBatches = microBatchesUntilUpdate;
    dropGradients();
  }

  private void dropGradients() {
    model.parameters().clearGradients();
    pending = 0;
  }

  /** How many micro-batches there were in all. */
  public long microBatches() {
    return microBatches;
  }

  Progress progress() {
    return new Progress(microBatches, pending, settings.seed());
  }

  /** Says how far the run has come; gradients are the caller's business. */
  void restore(Progress progress) {
    this.microBatches = progress.microBatches();
    this.pending = progress.pending();
  }

  TrainableModel model() {
    return model;
  }

  AdamW optimizer() {
    return optimizer;
  }
}
