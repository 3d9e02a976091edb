package io.sa2va.examples.cli;

import io.sa2va.DownloadProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Draws how far a download has come, on one line of a terminal. */
final class ProgressBar {
  private static final int CELLS = 30;

  private final PrintWriter terminal;
  private int shownPermille = -1;

  ProgressBar(PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** Draws the line again where it changes, and ends it when all files are there. */
  void show(DownloadProgress progress) {
    long total = progress.allBytesTotal();
    int permille = total <= 0 ? 0 : (int) (1000.0 * progress.allBytesDone() / total);
    if (permille == shownPermille) {
      return;
    }
    shownPermille = permille;
    int full = permille * CELLS / 1000;
    terminal.print(
        String.format(
            Locale.ROOT,
            "\r[%s%s] %5.1f %%  %.2f of %.2f GB",
            "#".repeat(full),
            "-".repeat(CELLS - full),
            permille / 10.0,
            progress.allBytesDone() / 1e9,
            total / 1e9));
    if (permille == 1000) {
      terminal.println();
    }
    terminal.flush();
  }
}
