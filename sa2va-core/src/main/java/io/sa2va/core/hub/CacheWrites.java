package io.sa2va.core.hub;

import io.sa2va.files.AtomicMove;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Puts files under their names in one step, so that nobody ever sees half of one. */
final class CacheWrites {
  /** Makes a file at the given place. */
  interface Writer {
    void write(Path place) throws IOException;
  }

  private static final String TEMPORARY = ".tmp";

  private CacheWrites() {}

  /** Whether a file is only being made, by this library or by Python's tools. */
  static boolean isTemporary(Path file) {
    return file.getFileName().toString().endsWith(TEMPORARY);
  }

  /** Makes a file beside its place, then moves it there, over what may be there. */
  static void replace(Path file, Writer writer) throws IOException {
    String suffix = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path temporary = file.resolveSibling(file.getFileName() + "." + suffix + TEMPORARY);
    try {
      writer.write(temporary);
      AtomicMove.replace(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Links a name to a blob: a relative symbolic link, so that the cache can be moved; else a hard
   * link, which needs no rights on Windows; else a copy.
   */
  static void link(Path name, Path blob, boolean symlinks) throws IOException {
    Path target = name.getParent().relativize(blob);
    if (symlinks && tried(name, place -> Files.createSymbolicLink(place, target))) {
      return;
    }
    Path real = blob.toRealPath();
    if (!tried(name, place -> Files.createLink(place, real))) {
      replace(name, place -> Files.copy(real, place));
    }
  }

  /** Whether the file system can do it. */
  private static boolean tried(Path name, Writer link) throws IOException {
    try {
      replace(name, link);
      return true;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false;
    }
  }
}
