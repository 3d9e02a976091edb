package io.sa2va.examples.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What the command line logs to stderr: warnings, or everything that the library says. */
final class Logging {
  /** Held, since the logging system forgets the level of a logger that nobody holds. */
  private static final Logger LIBRARY = Logger.getLogger("io.sa2va");

  private Logging() {}

  static void configure(boolean everything) {
    LIBRARY.setLevel(everything ? Level.INFO : Level.WARNING);
  }
}
