package io.sa2va.core.hub;

import io.sa2va.BrokenFile;
import io.sa2va.CachedModel;
import io.sa2va.Cancellation;
import io.sa2va.error.HubException;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models on this machine's disk, whether this library or a Python tool fetched them. Needs no
 * network.
 *
 * <p>Thread-safe.
 */
public final class ModelCache {
  private final Path cache;

  ModelCache(Path cache) {
    this.cache = cache;
  }

  /** The folder that the models' folders are in. */
  public Path folder() {
    return cache;
  }

  /**
   * The models that are here, in name order, complete or not.
   *
   * @throws HubException if the cache cannot be read
   */
  public List<CachedModel> models() {
    return guarded(
        () -> {
          List<CachedModel> models = new ArrayList<>();
          for (ModelName name : names()) {
            models.add(describe(name));
          }
          return List.copyOf(models);
        });
  }

  /**
   * Checks every file of a model against its checksum and looks for missing ones. Reads all of the
   * model, so it takes a while.
   *
   * @param name {@code org/name}, or {@code org/name@revision} for one revision only
   * @param cancellation ends it early
   * @return the files that are broken or missing; empty if all is well
   * @throws ModelNotFoundException if the model is not in the cache
   * @throws io.sa2va.error.CancelledException if it was cancelled
   */
  public List<BrokenFile> verify(String name, Cancellation cancellation) {
    ModelName model = ModelName.parse(name, null);
    RepoFolder repo = require(model);
    return guarded(
        () -> {
          List<String> commits = name.contains("@") ? commit(repo, model) : repo.commits();
          return new CacheCheck(cache, repo, cancellation).run(commits);
        });
  }

  /**
   * Removes a model with all its revisions.
   *
   * @param name {@code org/name}
   * @throws ModelNotFoundException if the model is not in the cache
   * @throws HubException if it is being fetched at the moment, or cannot be removed
   */
  public void remove(String name) {
    ModelName model = ModelName.parse(name, null);
    if (name.contains("@")) {
      throw new InvalidRequestException(
          "A model is removed with all its revisions: name it " + model.id());
    }
    RepoFolder repo = require(model);
    guarded(
        () -> {
          new CacheRemoval(repo).run(model);
          return true;
        });
  }

  /** The folder of a revision, if there is one, complete or not. */
  Optional<Path> snapshot(ModelName model) {
    RepoFolder repo = new RepoFolder(cache, model);
    return guarded(
        () -> {
          repo.requireInside();
          return repo.commit(model.revision()).map(repo::snapshot).filter(Files::isDirectory);
        });
  }

  /** The models that could be loaded without the network, for messages about something else. */
  List<String> complete() {
    try {
      return models().stream()
          .filter(model -> model.revisions().stream().anyMatch(CachedModel.Revision::complete))
          .map(CachedModel::name)
          .toList();
    } catch (HubException e) {
      return List.of();
    }
  }

  private List<ModelName> names() throws IOException {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(cache)) {
      return folders
          .filter(Files::isDirectory)
          .flatMap(folder -> ModelName.ofFolder(folder.getFileName().toString()).stream())
          .sorted((a, b) -> a.id().compareToIgnoreCase(b.id()))
          .toList();
    }
  }

  private CachedModel describe(ModelName name) throws IOException {
    RepoFolder repo = new RepoFolder(cache, name);
    List<CachedModel.Revision> revisions = new ArrayList<>();
    for (String commit : repo.commits()) {
      revisions.add(
          new CachedModel.Revision(commit, repo.refsTo(commit), isComplete(repo.snapshot(commit))));
    }
    return new CachedModel(name.id(), DiskUse.of(repo), List.copyOf(revisions));
  }

  private static boolean isComplete(Path snapshot) {
    try {
      return ModelFiles.missing(snapshot).isEmpty();
    } catch (HubException e) {
      return false; // A damaged weight index.
    }
  }

  private RepoFolder require(ModelName model) {
    RepoFolder repo = new RepoFolder(cache, model);
    if (!Files.isDirectory(repo.root())) {
      throw new ModelNotFoundException(
          "%s is not in the cache %s, which holds %s"
              .formatted(
                  model.id(), cache, guarded(this::names).stream().map(ModelName::id).toList()));
    }
    return repo;
  }

  private List<String> commit(RepoFolder repo, ModelName model) {
    return repo.commit(model.revision())
        .filter(commit -> Files.isDirectory(repo.snapshot(commit)))
        .map(List::of)
        .orElseThrow(() -> new ModelNotFoundException(model + " is not in the cache " + cache));
  }

  private interface Reading<T> {
    T run() throws IOException;
  }

  private <T> T guarded(Reading<T> reading) {
    try {
      return reading.run();
    } catch (IOException | UncheckedIOException e) {
      throw new HubException("The cache " + cache + " cannot be used: " + e, e);
    }
  }
}
