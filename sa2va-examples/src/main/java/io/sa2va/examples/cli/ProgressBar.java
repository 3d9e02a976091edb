package io.sa2va.examples.cli;

import io.sa2va.DownloadProgress;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Draws how far a download has come, on one line of a terminal. */
final class ProgressBar {
  private static final int CELLS = 30;

  private final PrintWriter terminal;
  private final Map<String, DownloadProgress> files = new LinkedHashMap<>();
  private int lastPermille = -1;

  ProgressBar(PrintWriter terminal) {
    this.terminal = terminal;
  }

  void show(DownloadProgress progress) {
    files.put(progress.file(), progress);
    long done = files.values().stream().mapToLong(DownloadProgress::bytesDone).sum();
    long total = files.values().stream().mapToLong(f -> Math.max(f.bytesTotal(), f.bytesDone())).sum();
    int permille = total == 0 ? 0 : (int) (1000.0 * done / total);
    if (permille == lastPermille) {
      return;
    }
    lastPermille = permille;
    int full = permille * CELLS / 1000;
    terminal.print(
        String.format(
            Locale.ROOT,
            "\r[%s%s] %5.1f %%  %.2f of %.2f GB",
            "#".repeat(full),
            "-".repeat(CELLS - full),
            permille / 10.0,
            done / 1e9,
            total / 1e9));
    terminal.flush();
  }

  /** Ends the line, if one was drawn. */
  void finish() {
    if (lastPermille >= 0) {
      terminal.println();
    }
  }
}
