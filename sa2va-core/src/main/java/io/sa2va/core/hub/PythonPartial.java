package io.sa2va.core.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What a Python tool (huggingface_hub before 1.0) left of a download that broke off: the beginning
 * of the blob. It is copied, not taken, since such a process may still be writing to it.
 */
final class PythonPartial {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private PythonPartial() {}

  /** Goes on from it, where no download of our own is under way. */
  static void adopt(RepoFolder repo, RemoteFile file) throws IOException {
    Path theirs = repo.pythonPartial(file.checksum());
    Path ours = repo.partial(file.checksum());
    if (!Files.exists(ours)
        && Files.isRegularFile(theirs, LinkOption.NOFOLLOW_LINKS)
        && Files.size(theirs) <= file.size()) {
      CacheWrites.replace(ours, place -> Files.copy(theirs, place));
    }
  }

  /** Removes it once the blob is there, unless somebody has written to it just now. */
  static void discard(RepoFolder repo, RemoteFile file) throws IOException {
    Path theirs = repo.pythonPartial(file.checksum());
    if (Files.exists(theirs)
        && Files.getLastModifiedTime(theirs).toInstant().isBefore(Instant.now().minus(QUIET))) {
      Files.deleteIfExists(theirs);
    }
  }
}
