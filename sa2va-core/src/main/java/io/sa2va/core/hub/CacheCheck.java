package io.sa2va.core.hub;

import io.sa2va.BrokenFile;
import io.sa2va.Cancellation;
import io.sa2va.error.HubException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the files of snapshots with the checksums that their blobs are named after. A file for
 * which no checksum is known (Python's tools move blobs where they cannot link) only has to be
 * there.
 */
final class CacheCheck {
  private final Path cache;
  private final RepoFolder repo;
  private final Cancellation cancellation;

  /** What was computed, by kind and place, so that a blob that revisions share is read once. */
  private final Map<String, Checksum> computed = new HashMap<>();

  CacheCheck(Path cache, RepoFolder repo, Cancellation cancellation) {
    this.cache = cache;
    this.repo = repo;
    this.cancellation = cancellation;
  }

  List<BrokenFile> run(List<String> commits) throws IOException {
    List<BrokenFile> broken = new ArrayList<>();
    for (String commit : commits) {
      Path snapshot = repo.snapshot(commit);
      for (Path file : CacheTree.files(snapshot)) {
        String name = snapshot.relativize(file).toString().replace('\\', '/');
        problem(file).ifPresent(problem -> broken.add(new BrokenFile(commit, name, problem)));
      }
      missing(snapshot).stream()
          .filter(name -> broken.stream().noneMatch(b -> b.file().equals(name)))
          .forEach(name -> broken.add(new BrokenFile(commit, name, "is missing")));
    }
    return List.copyOf(broken);
  }

  private static List<String> missing(Path snapshot) {
    try {
      return ModelFiles.missing(snapshot);
    } catch (HubException e) {
      return List.of(); // The index is damaged, and its checksum has said so.
    }
  }

  private Optional<String> problem(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.of("its blob is missing");
    }
    if (!file.toRealPath().startsWith(cache.toRealPath())) {
      return Optional.of("leads out of the cache, to " + file.toRealPath());
    }
    List<Checksum> candidates = candidates(file);
    for (Checksum candidate : candidates) {
      if (compute(candidate, file).equals(candidate)) {
        return Optional.empty();
      }
    }
    return candidates.stream()
        .findFirst()
        .map(
            expected ->
                "its %s should be %s, but is another".formatted(expected.kind(), expected.hex()));
  }

  private Checksum compute(Checksum kind, Path file) throws IOException {
    String key = kind.kind() + ":" + file.toRealPath();
    Checksum known = computed.get(key);
    if (known == null) {
      known = kind.compute(file, cancellation);
      computed.put(key, known);
    }
    return known;
  }

  /** The blob that a file is a link to, symbolic or hard; or those it may be a copy of. */
  private List<Checksum> candidates(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      Path blob = Files.readSymbolicLink(file).getFileName();
      return Checksum.of(blob.toString()).stream().toList();
    }
    List<Checksum> sameSize = new ArrayList<>();
    for (Path blob : CacheTree.files(repo.blobs())) {
      Optional<Checksum> checksum = Checksum.of(blob.getFileName().toString());
      if (checksum.isPresent() && Files.isSameFile(blob, file)) {
        return List.of(checksum.get());
      }
      if (checksum.isPresent() && Files.size(blob) == Files.size(file)) {
        sameSize.add(checksum.get());
      }
    }
    return sameSize;
  }
}
