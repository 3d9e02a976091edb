package io.sa2va.core.hub;

import io.sa2va.DownloadProgress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Tells a listener of every file that has moved on since the last time. One thread's. */
final class ProgressReport {
  private final List<FileProgress> files;
  private final Consumer<DownloadProgress> listener;
  private final long[] told;
  private final long total;

  ProgressReport(List<FileProgress> files, Consumer<DownloadProgress> listener) {
    this.files = files;
    this.listener = listener;
    this.told = new long[files.size()];
    this.total = files.stream().mapToLong(file -> file.file().size()).sum();
    Arrays.fill(told, -1);
  }

  void report() {
    for (int i = 0; i < told.length; i++) {
      FileProgress file = files.get(i);
      long done = file.done();
      if (done != told[i]) {
        told[i] = done;
        listener.accept(
            new DownloadProgress(file.file().name(), done, file.file().size(), allTold(), total));
      }
    }
  }

  private long allTold() {
    return Arrays.stream(told).filter(done -> done > 0).sum();
  }
}
