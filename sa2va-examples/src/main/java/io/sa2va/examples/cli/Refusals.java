package io.sa2va.examples.cli;

import io.sa2va.error.InvalidRequestException;
import picocli.CommandLine;

/** Values that the library refuses. */
final class Refusals {
  private Refusals() {}

  /** Sets an option; a value that the library refuses is bad usage of the command line. */
  static void asBadUsage(CommandLine.Model.CommandSpec spec, String option, Runnable setter) {
    try {
      setter.run();
    } catch (InvalidRequestException | IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }
}
