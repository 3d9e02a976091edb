package io.sa2va.core.hub;

import io.sa2va.Cancellation;
import io.sa2va.error.HubException;
import io.sa2va.files.AtomicMove;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Brings one file of a model into the cache: goes on where an earlier attempt ended, fetches ranges
 * at once, checks size and checksum, and only then lets the file appear under its name.
 *
 * <p>Thread-safe.
 */
final class FileDownload {
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** A second try from the first byte, for damage on the way or in what an earlier attempt left. */
  private static final int TRIES = 2;

  private final HubTransport hub;
  private final HubApi.Listing listing;
  private final RepoFolder repo;

  FileDownload(HubTransport hub, HubApi.Listing listing, RepoFolder repo) {
    this.hub = hub;
    this.listing = listing;
    this.repo = repo;
  }

  /** Fetches the file unless it is there, and makes it appear in the snapshot. */
  void run(FileProgress progress, Cancellation stop) throws IOException {
    RemoteFile file = progress.file();
    if (!isCopied(file)) {
      try (CacheLock lock = CacheLock.acquire(repo.lock(file.checksum()), stop)) {
        if (!hasBlob(file)) {
          fetch(progress, stop);
        }
        publish(file);
      }
    }
    progress.set(file.size());
  }

  /** Bytes that are still to be fetched. */
  long missing(RemoteFile file) throws IOException {
    if (isCopied(file) || hasBlob(file)) {
      return 0;
    }
    return file.size() - PartialFile.done(repo.partial(file.checksum()), file.size());
  }

  private boolean hasBlob(RemoteFile file) throws IOException {
    return hasSize(repo.blob(file.checksum()), file);
  }

  /** Where links cannot be made, Python's tools move blobs into the snapshot. */
  private boolean isCopied(RemoteFile file) throws IOException {
    Path name = repo.snapshot(listing.commit()).resolve(file.name());
    return Files.isRegularFile(name, LinkOption.NOFOLLOW_LINKS) && hasSize(name, file);
  }

  private static boolean hasSize(Path path, RemoteFile file) throws IOException {
    return Files.isRegularFile(path) && Files.size(path) == file.size();
  }

  private void fetch(FileProgress progress, Cancellation stop) throws IOException {
    RemoteFile file = progress.file();
    Path partial = repo.partial(file.checksum());
    Files.createDirectories(partial.getParent());
    PythonPartial.adopt(repo, file);
    String problem = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      problem = attempt(progress, partial, stop);
      if (problem.isEmpty()) {
        AtomicMove.replace(partial, repo.blob(file.checksum()));
        PythonPartial.discard(repo, file);
        return;
      }
      Files.deleteIfExists(partial);
      progress.set(0);
    }
    throw new HubErrors(hub.settings()).mismatch(listing.model(), file, problem);
  }

  /** Fetches what is missing, and answers with what is wrong with the whole, if anything. */
  private String attempt(FileProgress progress, Path partial, Cancellation stop)
      throws IOException {
    RemoteFile file = progress.file();
    DownloadTuning tuning = hub.tuning();
    int pieces = (int) Math.min(tuning.ranges(), file.size() / tuning.minRangeBytes());
    try (PartialFile data = PartialFile.open(partial, file.size(), pieces)) {
      progress.set(data.done());
      fetchRanges(data, progress, stop);
      data.complete();
    } catch (SizeChangedException e) {
      return e.getMessage();
    }
    Checksum found = file.checksum().compute(partial, stop);
    return found.equals(file.checksum()) ? "" : "it is " + found.hex();
  }

  private void fetchRanges(PartialFile data, FileProgress progress, Cancellation stop)
      throws IOException {
    List<PartialFile.Range> ranges =
        data.ranges().stream().filter(range -> !range.isDone()).toList();
    if (ranges.isEmpty()) {
      return;
    }
    try (Workers workers = new Workers(ranges.size(), stop)) {
      workers.run(
          ranges.stream().map(range -> task(data, range, progress, workers.stop())).toList(),
          () -> {});
    }
  }

  private Callable<Boolean> task(
      PartialFile data, PartialFile.Range range, FileProgress progress, Cancellation stop) {
    return () -> {
      fetchRange(data, range, progress, stop);
      return true;
    };
  }

  /** Asks again for the rest each time the connection breaks; new bytes reset the patience. */
  private void fetchRange(
      PartialFile data, PartialFile.Range range, FileProgress progress, Cancellation stop)
      throws IOException {
    int failures = 0;
    while (!range.isDone()) {
      long before = range.next();
      try {
        ask(data, range, progress, stop);
        if (range.next() == before) {
          throw new IOException("the server sent nothing of " + progress.file().name());
        }
        failures = 0;
      } catch (SizeChangedException e) {
        throw e;
      } catch (IOException e) {
        failures = range.next() > before ? 1 : failures + 1;
        hub.backoff().afterFailure(failures, e, stop);
      }
    }
  }

  private void ask(
      PartialFile data, PartialFile.Range range, FileProgress progress, Cancellation stop)
      throws IOException {
    RemoteFile file = progress.file();
    boolean whole = range.next() == 0 && range.end() == file.size();
    String bytes = "bytes=%d-%d".formatted(range.next(), range.end() - 1);
    HttpResponse<byte[]> response =
        hub.http()
            .get(
                hub.api().address(listing, file.name()),
                whole ? Map.of() : Map.of("Range", bytes),
                info -> RangeSink.of(info, data, range, progress),
                stop);
    requireContent(response, file, range);
  }

  private void requireContent(
      HttpResponse<byte[]> response, RemoteFile file, PartialFile.Range range) throws IOException {
    int status = response.statusCode();
    if (status == 200 || status == 206) {
      return;
    }
    if (status == RANGE_NOT_SATISFIABLE) {
      throw new SizeChangedException("the server has no bytes from " + range.next() + " on");
    }
    if (hub.http().isEndpoint(response.uri())) {
      throw new HubErrors(hub.settings()).refused(listing.model(), response);
    }
    // The storage host's signed address may have expired: asking the hub again gives a new one.
    throw new IOException(
        "%s answered %d for %s".formatted(HubHttp.place(response.uri()), status, file.name()));
  }

  private void publish(RemoteFile file) {
    try {
      repo.publish(listing.commit(), file, hub.settings().symlinks());
    } catch (IOException e) {
      throw HubErrors.cannotWrite(repo.snapshot(listing.commit()).resolve(file.name()), e);
    } catch (UnsupportedOperationException e) {
      throw new HubException("The cache cannot hold links or copies: " + e.getMessage(), e);
    }
  }
}
