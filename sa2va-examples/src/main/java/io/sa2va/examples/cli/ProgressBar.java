package io.sa2va.examples.cli;

import io.sa2va.DownloadProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Draws how far something has come, on one line of a terminal. */
final class ProgressBar {
  private static final int CELLS = 30;

  private final PrintWriter terminal;
  private int shownPermille = -1;

  ProgressBar(PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** Shows a download. */
  void show(DownloadProgress progress) {
    long done = progress.allBytesDone();
    long total = progress.allBytesTotal();
    String text = String.format(Locale.ROOT, "%.2f of %.2f GB", done / 1e9, total / 1e9);
    draw(done, total, text);
  }

  /** Shows how many of some things are done. */
  void show(long done, long total) {
    draw(done, total, done + " of " + total);
  }

  /** Draws the line again where it changes, and ends it when all is done. */
  private void draw(long done, long total, String text) {
    int permille = total <= 0 ? 0 : (int) (1000.0 * done / total);
    if (permille == shownPermille) {
      return;
    }
    shownPermille = permille;
    int full = permille * CELLS / 1000;
    terminal.print(
        String.format(
            Locale.ROOT,
            "\r[%s%s] %5.1f %%  %s",
            "#".repeat(full),
            "-".repeat(CELLS - full),
            permille / 10.0,
            text));
    if (permille == 1000) {
      terminal.println();
    }
    terminal.flush();
  }
}
