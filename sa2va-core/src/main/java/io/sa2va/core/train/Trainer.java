package io.sa2va.core.train;

import io.sa2va.Cancellation;
import io.sa2va.TrainingListener;
import io.sa2va.TrainingLoss;
import io.sa2va.TrainingOptions;
import io.sa2va.TrainingResult;
import io.sa2va.TrainingStep;
import io.sa2va.TrainingValidation;
import io.sa2va.error.CancelledException;
import io.sa2va.error.Sa2VAException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run of training: steps on a data set, a look at another one now and then, and a saved state
 * from which the run can go on as if it had never stopped; on a CPU to the last bit, since all that
 * is random follows from the seed and the place in the run.
 *
 * <p>For one thread, and for one run at a time in a process.
 */
public final class Trainer implements AutoCloseable {
  /** So many steps in a row without a finite gradient do not come right by themselves. */
  private static final int MAX_LOST_STEPS = 50;

  private final TrainingOptions options;
  private final RunFolder folder;
  private final TrainingListener listener;
  private final AdamW optimizer = AdamW.reference();
  private final TrainStep step;
  private final SampleStream samples;
  private final Optional<Validator> validator;
  private final long steps;
  private final LrSchedule schedule;
  private final TrainingLog log;
  private final EarlyStop earlyStop;
  private final Pace pace = new Pace();
  private long done;
  private int lostSteps;

  /**
   * A run at its start.
   *
   * @param model of the wanted plan; borrowed
   * @param validation what it is tried on, if it is
   * @param folder where the run writes to; a log that it has is begun anew
   */
  public Trainer(
      TrainableModel model,
      Dataset data,
      Optional<Dataset> validation,
      TrainingOptions options,
      RunFolder folder,
      TrainingListener listener) {
    this.options = options;
    this.folder = folder;
    this.listener = listener;
    this.step = new TrainStep(model, TrainSettings.reference(options.seed()), optimizer);
    this.steps = options.stepsOn(data.size());
    long microBatches = Math.multiplyExact(steps, (long) options.accumulate());
    long places = Math.multiplyExact(microBatches, (long) options.batchSize());
    this.samples = stream(data, options.seed(), places);
    this.validator = validation.map(this::validator);
    this.schedule =
        new LrSchedule(
            options.learningRate(), microBatches, (long) (options.warmUp() * microBatches));
    this.log = new TrainingLog(folder.log());
    this.earlyStop = new EarlyStop(options.patience());
  }

  private Validator validator(Dataset data) {
    long count = Math.min(data.size(), options.validationSamples());
    return new Validator(step, stream(data, ~options.seed(), count), count);
  }

  /** Reads a micro-batch ahead. */
  private SampleStream stream(Dataset data, long seed, long places) {
    return new SampleStream(
        data, seed, options.skipBroken(), this::skipped, places, options.batchSize());
  }

  private void skipped(String reason) {
    log.skipped(done + 1, reason);
    listener.onSkipped(reason);
  }

  /**
   * Goes on where the folder's checkpoint says; lines of its log beyond that are dropped.
   *
   * @throws io.sa2va.torch.weights.WeightException if the checkpoint is damaged, or of another
   *     model, plan or seed
   * @throws Sa2VAException if it is of a run with other micro-batches
   */
  public void resume() {
    Checkpoint.resume(step, folder.checkpoint());
    if (step.microBatches() % options.accumulate() != 0) {
      throw new Sa2VAException(
          "%s was written after %d micro-batches, which are no whole steps of %d; resume with the same options"
              .formatted(folder.checkpoint(), step.microBatches(), options.accumulate()));
    }
    done = step.microBatches() / options.accumulate();
    log.resume(done);
  }

  /**
   * Trains to the end of the run.
   *
   * @throws BrokenRecordException at the first record that cannot be used, unless such are skipped
   * @throws CancelledException if it was cancelled; the whole steps until then are saved
   * @throws Sa2VAException if the losses are no numbers any more
   */
  public TrainingResult run(Cancellation cancellation) {
    log.open();
    pace.restart();
    boolean stopped = earlyStop.isDue(log.history().validations());
    while (done < steps && !stopped) {
      learn(cancellation);
      stopped = validateIfDue();
      if (done == steps || stopped || done % options.saveEvery() == 0) {
        save();
      }
    }
    return new TrainingResult(done, done < steps, samples.skipped());
  }

  private void learn(Cancellation cancellation) {
    Optional<LossValues> losses = Optional.empty();
    while (losses.isEmpty()) {
      losses = accumulate(cancellation);
    }
    double rate = schedule.at(step.microBatches() - 1);
    double norm = step.update(rate);
    samples.passed();
    done++;
    requireProgress(norm);
    report(losses.get().over(options.accumulate()), rate, norm);
  }

  /** The sum of a step's losses; nothing where a sample was refused and another takes its place. */
  private Optional<LossValues> accumulate(Cancellation cancellation) {
    LossValues sum = LossValues.ZERO;
    long first = done * options.accumulate();
    for (long batch = first; batch < first + options.accumulate(); batch++) {
      if (cancellation.isCancelled()) {
        step.rewind(first);
        save();
        throw new CancelledException(
            "the training was cancelled after step "
                + done
                + " of "
                + steps
                + "; it can be resumed");
      }
      try {
        sum = sum.plus(step.accumulateOrName(microBatch(batch)));
      } catch (RefusedSampleException e) {
        step.rewind(first);
        samples.refuse(batch * options.batchSize() + e.index(), e.reason());
        return Optional.empty();
      }
    }
    return Optional.of(sum);
  }

  private List<Sample> microBatch(long number) {
    List<Sample> batch = new ArrayList<>();
    for (int i = 0; i < options.batchSize(); i++) {
      batch.add(samples.get(number * options.batchSize() + i));
    }
    return batch;
  }

  private void requireProgress(double norm) {
    lostSteps = Double.isFinite(norm) ? 0 : lostSteps + 1;
    if (lostSteps > MAX_LOST_STEPS) {
      throw new Sa2VAException(
          "the gradients of %d steps in a row were no numbers; train with a lower learning rate or in float32"
              .formatted(lostSteps));
    }
  }

  private void report(LossValues losses, double rate, double norm) {
    pace.step();
    TrainingStep made =
        new TrainingStep(
            done,
            steps,
            new TrainingLoss(losses.text(), losses.mask(), losses.dice()),
            rate,
            norm,
            pace.perSecond((long) options.batchSize() * options.accumulate()),
            pace.timeFor(steps - done));
    log.step(made);
    listener.onStep(made);
  }

  /** Whether the run ends now. */
  private boolean validateIfDue() {
    if (validator.isEmpty() || (done % options.validateEvery() != 0 && done != steps)) {
      return false;
    }
    TrainingValidation validation = new TrainingValidation(done, validator.get().validate());
    log.validation(validation);
    listener.onValidation(validation);
    pace.restart();
    return done < steps && earlyStop.isDue(log.history().validations());
  }

  private void save() {
    Checkpoint.save(step, folder.checkpoint());
    LossCurve.write(log.history(), folder.picture());
    pace.restart();
  }

  @Override
  public void close() {
    try (optimizer;
        log;
        samples) {
      validator.ifPresent(Validator::close);
    }
  }
}
