package io.sa2va.examples.cli;

import io.sa2va.GenerationOptions;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How the answer's text is written. */
final class SamplingOptions {
  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "2048",
      description = "The most tokens an answer may have (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "0",
      description = "0 takes the best token each time; more is more random.")
  private double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "X",
      defaultValue = "1",
      description = "Draw from the best tokens that together have this probability.")
  private double topP;

  @Option(
      names = "--top-k",
      paramLabel = "N",
      defaultValue = "0",
      description = "Draw from this many of the best tokens; 0: all.")
  private int topK;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      defaultValue = "1",
      description = "Above 1, tokens that were written already become less likely.")
  private double repetitionPenalty;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The same seed draws the same answer.")
  private long seed;

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  void applyTo(GenerationOptions.Builder options) {
    set("--max-new-tokens", () -> options.maxNewTokens(maxNewTokens));
    set("--temperature", () -> options.temperature(temperature));
    set("--top-p", () -> options.topP(topP));
    set("--top-k", () -> options.topK(topK));
    set("--repetition-penalty", () -> options.repetitionPenalty(repetitionPenalty));
    options.seed(seed);
  }

  private void set(String option, Supplier<?> setter) {
    Refusals.asBadUsage(spec, option, setter);
  }
}
