package io.sa2va.examples.cli;

import io.sa2va.LoraOptions;
import io.sa2va.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How a model learns; what is not given is as in the library. */
final class LearningOptions {
  @Option(names = "--steps", paramLabel = "N", description = "Steps of the optimizer.")
  private @Nullable Long steps;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often each sample is learned from (default: 1; not with --steps).")
  private @Nullable Double epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Samples of a micro-batch (default: 2).")
  private @Nullable Integer batchSize;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description = "Micro-batches of a step (default: 8).")
  private @Nullable Integer accumulate;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "The highest learning rate (default: 4e-5).")
  private @Nullable Double learningRate;

  @Option(
      names = "--warm-up",
      paramLabel = "PART",
      description = "The part of the run in which the rate rises (default: 0.05).")
  private @Nullable Double warmUp;

  @Option(
      names = "--lora-rank",
      paramLabel = "N",
      description = "Inner width of the language model's adapters (default: 128).")
  private @Nullable Integer loraRank;

  @Option(
      names = "--lora-alpha",
      paramLabel = "X",
      description = "Adapters are multiplied by this over the rank (default: twice the rank).")
  private @Nullable Double loraAlpha;

  @Option(
      names = "--lora-dropout",
      paramLabel = "P",
      description = "The chance of an adapter's input to be left out (default: 0.05).")
  private @Nullable Double loraDropout;

  @Option(
      names = "--full",
      description = "Train everything but SAM2's memory and mask prompts, without adapters.")
  private boolean full;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What everything random follows from (default: 0).")
  private long seed;

  @Option(
      names = "--validate-every",
      paramLabel = "N",
      description = "Steps between two validations (default: 100).")
  private @Nullable Integer validateEvery;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many validations without a better one (default: never).")
  private @Nullable Integer patience;

  @Option(
      names = "--save-every",
      paramLabel = "N",
      description = "Steps between two saved states (default: 100).")
  private @Nullable Integer saveEvery;

  @Option(
      names = "--skip-broken",
      description = "Replace records that cannot be learned from, and count them.")
  private boolean skipBroken;

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  private interface Setter<T> {
    Object set(T value);
  }

  TrainingOptions options() {
    requireOneWay("--steps", steps, "--epochs", epochs);
    TrainingOptions.Builder options = TrainingOptions.builder().seed(seed).skipBroken(skipBroken);
    set("--steps", steps, options::steps);
    set("--epochs", epochs, options::epochs);
    set("--batch-size", batchSize, options::batchSize);
    set("--accumulate", accumulate, options::accumulate);
    set("--learning-rate", learningRate, options::learningRate);
    set("--warm-up", warmUp, options::warmUp);
    set("--validate-every", validateEvery, options::validateEvery);
    set("--patience", patience, options::patience);
    set("--save-every", saveEvery, options::saveEvery);
    if (full) {
      requireOneWay("--full", true, "--lora-rank", loraRank);
      requireOneWay("--full", true, "--lora-alpha", loraAlpha);
      requireOneWay("--full", true, "--lora-dropout", loraDropout);
      options.full();
    } else {
      Refusals.asBadUsage(spec, "--lora-…", () -> options.lora(lora()));
    }
    return options.build();
  }

  private LoraOptions lora() {
    LoraOptions usual = LoraOptions.reference();
    int rank = loraRank == null ? usual.rank() : loraRank;
    return new LoraOptions(
        rank,
        loraAlpha == null ? 2.0 * rank : loraAlpha,
        loraDropout == null ? usual.dropout() : loraDropout);
  }

  private <T> void set(String option, @Nullable T value, Setter<T> setter) {
    if (value != null) {
      Refusals.asBadUsage(spec, option, () -> setter.set(value));
    }
  }

  private void requireOneWay(
      String option, @Nullable Object value, String other, @Nullable Object otherValue) {
    if (value != null && otherValue != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), option + " does not go with " + other);
    }
  }
}
