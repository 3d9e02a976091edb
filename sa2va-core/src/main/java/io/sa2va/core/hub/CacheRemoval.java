package io.sa2va.core.hub;

import io.sa2va.error.HubException;
import io.sa2va.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Removes a model's folder, unless somebody is fetching the model. Links are not followed. */
final class CacheRemoval {
  private final RepoFolder repo;

  CacheRemoval(RepoFolder repo) {
    this.repo = repo;
  }

  void run(ModelName model) throws IOException {
    List<CacheLock> held = new ArrayList<>();
    try {
      for (Path file : lockFiles()) {
        Optional<CacheLock> lock = CacheLock.tryAcquire(file);
        held.add(
            lock.orElseThrow(
                () ->
                    new HubException(
                        model.id()
                            + " is being fetched by another thread or process; remove it after that")));
      }
      FolderTree.delete(repo.root());
    } finally {
      for (CacheLock lock : held) {
        lock.close();
      }
    }
    FolderTree.delete(repo.locks());
  }

  private List<Path> lockFiles() throws IOException {
    if (!Files.isDirectory(repo.locks())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(repo.locks())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
