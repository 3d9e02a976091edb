package io.sa2va.core.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** Adds up what a model's files take on disk. */
final class DiskUse {
  private DiskUse() {}

  /**
   * The bytes of all blobs and snapshots, with blobs that Python's tools share between models. A
   * file with several names counts once.
   */
  static long of(RepoFolder repo) throws IOException {
    Set<Object> seen = new HashSet<>();
    long bytes = 0;
    for (Path folder : new Path[] {repo.blobs(), repo.snapshots()}) {
      for (Path file : CacheTree.files(folder)) {
        bytes += newBytes(file, seen);
      }
    }
    return bytes;
  }

  private static long newBytes(Path file, Set<Object> seen) throws IOException {
    try {
      BasicFileAttributes real = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = real.fileKey() != null ? real.fileKey() : file.toRealPath();
      return real.isRegularFile() && seen.add(key) ? real.size() : 0;
    } catch (NoSuchFileException e) {
      return 0; // A link to a blob that is gone.
    }
  }
}
