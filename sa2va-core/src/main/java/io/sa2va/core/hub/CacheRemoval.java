package io.sa2va.core.hub;

import io.sa2va.error.HubException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
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
      delete(repo.root());
    } finally {
      for (CacheLock lock : held) {
        lock.close();
      }
    }
    delete(repo.locks());
  }

  private List<Path> lockFiles() throws IOException {
    if (!Files.isDirectory(repo.locks())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(repo.locks())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
