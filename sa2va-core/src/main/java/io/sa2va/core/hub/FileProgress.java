package io.sa2va.core.hub;

/** How much of one file is here. Written by the file's thread, read by the one that reports. */
final class FileProgress {
  private final RemoteFile file;
  private volatile long done;

  FileProgress(RemoteFile file) {
    this.file = file;
  }

  RemoteFile file() {
    return file;
  }

  void set(long bytes) {
    done = bytes;
  }

  long done() {
    return done;
  }
}
