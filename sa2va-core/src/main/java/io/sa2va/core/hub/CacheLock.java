package io.sa2va.core.hub;

import io.sa2va.Cancellation;
import io.sa2va.error.CancelledException;
import io.sa2va.error.HubException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps threads and processes from fetching the same blob at once. The lock files are those of
 * huggingface_hub, but on Linux its locks (flock) and Java's (fcntl) do not see each other; next to
 * a Python process a blob may therefore be fetched twice, which costs time and nothing else.
 */
final class CacheLock implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  /**
   * The lock files of this process. Asked first: by the rules of fcntl, closing a second handle to
   * a lock file would give up the lock held through the first.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private CacheLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /** Waits until it is free, then takes it. */
  static CacheLock acquire(Path file, Cancellation stop) throws IOException {
    Files.createDirectories(file.getParent());
    while (true) {
      Workers.requireRunning(stop);
      Optional<CacheLock> lock = tryAcquire(file);
      if (lock.isPresent()) {
        return lock.get();
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException("Interrupted while waiting for " + file, e);
      }
    }
  }

  /** Takes it if it is free. Its folder must exist. */
  static Optional<CacheLock> tryAcquire(Path file) throws IOException {
    Path key = file.getParent().toRealPath().resolve(file.getFileName());
    if (!HELD.add(key)) {
      return Optional.empty();
    }
    Optional<CacheLock> lock = Optional.empty();
    try {
      lock = lock(key);
      return lock;
    } finally {
      if (lock.isEmpty()) {
        HELD.remove(key);
      }
    }
  }

  private static Optional<CacheLock> lock(Path key) throws IOException {
    FileChannel channel =
        FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new CacheLock(key, channel, lock));
      }
    } catch (IOException e) {
      channel.close();
      throw new HubException(
          key
              + " cannot be locked ("
              + e.getMessage()
              + "); set HF_HUB_CACHE to a folder on a disk that has file locks",
          e);
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    } finally {
      HELD.remove(file);
    }
  }
}
