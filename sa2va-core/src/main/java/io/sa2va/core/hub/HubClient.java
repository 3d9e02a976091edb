package io.sa2va.core.hub;

import io.sa2va.BrokenFile;
import io.sa2va.CachedModel;
import io.sa2va.Cancellation;
import io.sa2va.DownloadProgress;
import io.sa2va.LoadOptions;
import io.sa2va.ModelHub;
import io.sa2va.error.HubException;
import io.sa2va.error.ModelNotFoundException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds models by folder or by hub name, and fetches them into the cache.
 *
 * <p>Thread-safe; several threads and processes may fetch the same model at once.
 */
public final class HubClient implements ModelHub {
  private static final Logger LOG = System.getLogger(HubClient.class.getName());

  private final HubTransport hub;
  private final HubSettings settings;
  private final HubErrors errors;
  private final ModelCache cache;

  HubClient(HubSettings settings, Backoff backoff, DownloadTuning tuning) {
    this.settings = settings;
    this.hub = HubTransport.of(settings, backoff, tuning);
    this.errors = new HubErrors(settings);
    this.cache = new ModelCache(settings.cache());
  }

  /**
   * A client with the options' endpoint, cache, token and offline mode; what they leave open comes
   * from the environment variables of Hugging Face's Python tools.
   *
   * @throws HubException if a variable has a value that cannot be used
   */
  public static HubClient of(LoadOptions options) {
    return of(options, System.getenv());
  }

  /**
   * The same, with another environment than the process's.
   *
   * @param environment variables by name
   */
  public static HubClient of(LoadOptions options, Map<String, String> environment) {
    return new HubClient(
        HubSettings.of(options, environment), Backoff.sleeping(), DownloadTuning.usual());
  }

  /**
   * Finds the folder of a model, and fetches it first where needed.
   *
   * @param nameOrFolder a folder, which wins if there is one, or {@code org/name} or {@code
   *     org/name@revision}
   * @param options say which hub, cache, token and revision, who is told of the progress, and who
   *     may cancel
   * @return a folder with the model's configuration, tokenizer and weights
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, saying what to do
   */
  public static Path resolve(String nameOrFolder, LoadOptions options) {
    return of(options)
        .resolve(nameOrFolder, options.revision(), options.onDownload(), options.cancellation());
  }

  /**
   * Finds the folder of a model, and fetches it first where needed. When the hub cannot be reached,
   * a complete model in the cache will do.
   *
   * @param nameOrFolder a folder, which wins if there is one, or {@code org/name} or {@code
   *     org/name@revision}
   * @param revision a branch, tag or commit; null for the one in the name, else {@code main}
   * @param listener is told of the progress, on this thread; may throw, which ends the download
   * @param cancellation ends the download within a second; what was fetched is kept
   * @return a folder with the model's configuration, tokenizer and weights
   * @throws ModelNotFoundException if there is no such folder and no such model
   * @throws HubException if the model cannot be fetched
   * @throws io.sa2va.error.CancelledException if it was cancelled, or the thread interrupted
   */
  public Path resolve(
      String nameOrFolder,
      @Nullable String revision,
      Consumer<DownloadProgress> listener,
      Cancellation cancellation) {
    Optional<Path> folder = folder(nameOrFolder);
    if (folder.isPresent()) {
      return folder.get();
    }
    ModelName model = ModelName.parse(nameOrFolder, revision);
    if (settings.offline()) {
      return fromCache(model);
    }
    Optional<Path> cached =
        cache.snapshot(model).filter(snapshot -> ModelFiles.missing(snapshot).isEmpty());
    if (cached.isPresent() && model.isPinned()) {
      return cached.get();
    }
    Optional<HubApi.Listing> listing = listing(model, cached.isPresent(), cancellation);
    return listing.isEmpty() ? cached.get() : fetchMissing(listing.get(), listener, cancellation);
  }

  /**
   * Fetches a model into the cache. Files that are there are not fetched again, unless their size
   * is not what the hub says. Offline, a complete model in the cache will do.
   *
   * @param name {@code org/name} or {@code org/name@revision}
   * @param revision a branch, tag or commit; null for the one in the name, else {@code main}
   * @param listener is told of the progress, on this thread; may throw, which ends the download
   * @param cancellation ends the download within a second; what was fetched is kept
   * @return the model's folder
   * @throws ModelNotFoundException if there is no such model
   * @throws HubException if it cannot be fetched
   * @throws io.sa2va.error.CancelledException if it was cancelled, or the thread interrupted
   */
  @Override
  public Path download(
      String name,
      @Nullable String revision,
      Consumer<DownloadProgress> listener,
      Cancellation cancellation) {
    ModelName model = ModelName.parse(name, revision);
    if (settings.offline()) {
      return fromCache(model);
    }
    Optional<HubApi.Listing> listing = listing(model, false, cancellation);
    return fetch(new SnapshotDownload(hub, listing.orElseThrow()), listener, cancellation);
  }

  @Override
  public List<String> published() {
    return KnownModels.names();
  }

  @Override
  public List<CachedModel> cached() {
    return cache.models();
  }

  @Override
  public List<BrokenFile> verify(String name, Cancellation cancellation) {
    return cache.verify(name, cancellation);
  }

  @Override
  public void remove(String name) {
    cache.remove(name);
  }

  /** The models that are on this machine. */
  public ModelCache cache() {
    return cache;
  }

  private static Optional<Path> folder(String text) {
    try {
      Path path = Path.of(text);
      if (Files.isRegularFile(path)) {
        throw new ModelNotFoundException(
            path + " is a file; name the folder that holds the model's files");
      }
      return !text.isBlank() && Files.isDirectory(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty(); // What cannot be a path may still be a name, or be told it is none.
    }
  }

  private Path fromCache(ModelName model) {
    Optional<Path> cached = cache.snapshot(model);
    List<String> missing = cached.map(ModelFiles::missing).orElse(List.of());
    if (cached.isEmpty() || !missing.isEmpty()) {
      throw errors.offline(model, missing, cache.complete());
    }
    return cached.get();
  }

  /** What the hub has now; empty if it cannot be reached but need not be. */
  private Optional<HubApi.Listing> listing(
      ModelName model, boolean dispensable, Cancellation cancellation) {
    try {
      return Optional.of(
          dispensable
              ? hub.api().listing(model, cancellation)
              : hub.api().listingPatiently(model, cancellation));
    } catch (IOException e) {
      if (!dispensable) {
        throw errors.unreachable(model, e, cache.complete());
      }
      LOG.log(
          Level.WARNING,
          "The hub cannot be reached ({0}); {1} is taken from the cache",
          e.getMessage(),
          model);
      return Optional.empty();
    }
  }

  private Path fetchMissing(
      HubApi.Listing listing, Consumer<DownloadProgress> listener, Cancellation cancellation) {
    SnapshotDownload download = new SnapshotDownload(hub, listing);
    RepoFolder repo = new RepoFolder(settings.cache(), listing.model());
    if (download.isThere()) {
      noteRevision(repo, listing);
      return repo.snapshot(listing.commit());
    }
    return fetch(download, listener, cancellation);
  }

  /** A cache that cannot be written to may still be read from. */
  private static void noteRevision(RepoFolder repo, HubApi.Listing listing) {
    try {
      repo.writeRef(listing.model().revision(), listing.commit());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The cache''s refs cannot be written: {0}", e);
    }
  }

  private Path fetch(
      SnapshotDownload download, Consumer<DownloadProgress> listener, Cancellation cancellation) {
    try {
      return download.run(listener, cancellation);
    } catch (IOException e) {
      throw errors.brokenOff(download.model(), e);
    }
  }
}
