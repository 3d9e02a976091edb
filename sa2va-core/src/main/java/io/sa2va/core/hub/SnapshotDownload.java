package io.sa2va.core.hub;

import io.sa2va.Cancellation;
import io.sa2va.DownloadProgress;
import io.sa2va.error.HubException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Brings one commit of a model into the cache: the files that it needs, several at once. */
final class SnapshotDownload {
  private final HubTransport hub;
  private final HubApi.Listing listing;
  private final RepoFolder repo;
  private final Path folder;

  SnapshotDownload(HubTransport hub, HubApi.Listing listing) {
    this.hub = hub;
    this.listing = listing;
    this.repo = new RepoFolder(hub.settings().cache(), listing.model());
    this.folder = repo.snapshot(listing.commit());
  }

  ModelName model() {
    return listing.model();
  }

  /** Whether every needed file is in the snapshot. */
  boolean isThere() {
    return ModelFiles.withoutShards(listing).stream().allMatch(this::has)
        && shards().stream().allMatch(this::has);
  }

  /** Fetches what is not there; the revision then stands for this commit. */
  Path run(Consumer<DownloadProgress> listener, Cancellation cancellation) throws IOException {
    prepareCache();
    List<String> names = new ArrayList<>(ModelFiles.withoutShards(listing));
    try (Workers workers = new Workers(hub.tuning().files(), cancellation)) {
      FileDownload download = new FileDownload(hub, listing, repo);
      if (names.contains(ModelFiles.INDEX)) {
        workers.run(() -> fetchIndex(download, workers.stop()));
        names.addAll(shards());
      }
      List<FileProgress> files = describe(names, workers);
      requireSpace(download, files);
      ProgressReport progress = new ProgressReport(files, listener);
      workers.run(
          files.stream().map(file -> task(download, file, workers.stop())).toList(),
          progress::report);
      progress.report();
    }
    finish();
    return folder;
  }

  /** Notes what the hub said beside the files. */
  private void finish() {
    try {
      for (String optional : ModelFiles.OPTIONAL) {
        if (!listing.files().contains(optional)) {
          repo.markAbsent(listing.commit(), optional);
        }
      }
      repo.writeRef(listing.model().revision(), listing.commit());
    } catch (IOException e) {
      throw HubErrors.cannotWrite(repo.root(), e);
    }
  }

  private void prepareCache() throws IOException {
    repo.requireInside();
    try {
      Files.createDirectories(repo.blobs());
      Files.createDirectories(repo.locks());
    } catch (IOException e) {
      throw HubErrors.cannotWrite(repo.root(), e);
    }
  }

  private Boolean fetchIndex(FileDownload download, Cancellation stop) throws IOException {
    download.run(new FileProgress(describe(ModelFiles.INDEX, stop)), stop);
    return true;
  }

  /** Empty, too, as long as the index is not there. */
  private List<String> shards() {
    if (!listing.files().contains(ModelFiles.INDEX) || !has(ModelFiles.INDEX)) {
      return List.of();
    }
    List<String> shards = ModelFiles.shards(folder.resolve(ModelFiles.INDEX));
    for (String shard : shards) {
      if (!listing.files().contains(shard)) {
        throw new HubException(
            "%s of %s names the shard %s, which the repository does not have"
                .formatted(ModelFiles.INDEX, listing.model(), shard));
      }
    }
    return shards;
  }

  private List<FileProgress> describe(List<String> names, Workers workers) throws IOException {
    List<RemoteFile> files =
        workers.run(
            names.stream()
                .<Callable<RemoteFile>>map(name -> () -> describe(name, workers.stop()))
                .toList(),
            () -> {});
    return files.stream().map(FileProgress::new).toList();
  }

  private RemoteFile describe(String name, Cancellation stop) throws IOException {
    Optional<RemoteFile> file = hub.api().file(listing, name, stop);
    return file.orElseThrow(
        () ->
            new HubException(
                "%s lists %s, but does not have it; try again, or check HF_ENDPOINT"
                    .formatted(listing.model(), name)));
  }

  private static Callable<Boolean> task(
      FileDownload download, FileProgress file, Cancellation stop) {
    return () -> {
      download.run(file, stop);
      return true;
    };
  }

  private void requireSpace(FileDownload download, List<FileProgress> files) throws IOException {
    long needed = 0;
    for (FileProgress file : files) {
      long missing = download.missing(file.file());
      file.set(file.file().size() - missing);
      needed += missing;
    }
    long free = hub.tuning().space().free(repo.root());
    boolean known = free >= 0; // Some file systems are too large for a long.
    if (known && needed > free) {
      throw new HubErrors(hub.settings()).diskFull(listing.model(), needed, free);
    }
  }

  private boolean has(String file) {
    return Files.isRegularFile(folder.resolve(file));
  }
}
