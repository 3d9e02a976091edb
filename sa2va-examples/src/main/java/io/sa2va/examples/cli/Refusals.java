package io.sa2va.examples.cli;

import io.sa2va.error.InvalidRequestException;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Values that the library refuses. */
final class Refusals {
  private Refusals() {}

  /** Takes an option; a value that the library refuses is bad usage of the command line. */
  static <T> T asBadUsage(CommandLine.Model.CommandSpec spec, String option, Supplier<T> taker) {
    try {
      return taker.get();
    } catch (InvalidRequestException | IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }
}
