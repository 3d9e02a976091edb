package io.sa2va.core.hub;

import io.sa2va.error.HubException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One model's folder in the cache, laid out as huggingface_hub does it: {@code blobs} by checksum,
 * {@code snapshots} by commit with links to blobs, {@code refs} from branch to commit, and {@code
 * .no_exist} for files that a commit is known not to have.
 *
 * <p>Links are followed only while they stay inside the cache.
 */
final class RepoFolder {
  private final Path cache;
  private final Path root;
  private final Path locks;

  RepoFolder(Path cache, ModelName model) {
    this.cache = cache;
    this.root = cache.resolve(model.folder());
    this.locks = cache.resolve(".locks").resolve(model.folder());
  }

  /** The folder itself. */
  Path root() {
    return root;
  }

  /** Where its lock files are. */
  Path locks() {
    return locks;
  }

  Path lock(Checksum checksum) {
    return locks.resolve(checksum.hex() + ".lock");
  }

  Path blobs() {
    return root.resolve("blobs");
  }

  Path blob(Checksum checksum) {
    return blobs().resolve(checksum.hex());
  }

  /**
   * Where a blob is gathered. Not {@code <checksum>.incomplete}: older Python tools take that for a
   * prefix of the blob, which a file fetched in several ranges is not.
   */
  Path partial(Checksum checksum) {
    return blobs().resolve(checksum.hex() + ".sa2va.incomplete");
  }

  /** Where older Python tools gather it: a prefix of the blob. */
  Path pythonPartial(Checksum checksum) {
    return blobs().resolve(checksum.hex() + ".incomplete");
  }

  Path snapshots() {
    return root.resolve("snapshots");
  }

  Path snapshot(String commit) {
    return snapshots().resolve(commit);
  }

  /** The commits that have a snapshot, complete or not. */
  List<String> commits() throws IOException {
    if (!Files.isDirectory(snapshots())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(snapshots())) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(ModelName::isCommit)
          .sorted()
          .toList();
    }
  }

  /** The commit that a revision stood for when it was last fetched. */
  Optional<String> commit(String revision) {
    if (ModelName.isCommit(revision)) {
      return Optional.of(revision);
    }
    Path ref = root.resolve("refs").resolve(revision);
    try {
      if (!Files.isRegularFile(ref) || Files.size(ref) > 64) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(ref).strip()).filter(ModelName::isCommit);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The branches and tags that stand for a commit. */
  List<String> refsTo(String commit) throws IOException {
    Path refs = root.resolve("refs");
    return CacheTree.files(refs).stream()
        .map(file -> refs.relativize(file).toString().replace('\\', '/'))
        .filter(name -> commit(name).filter(commit::equals).isPresent())
        .toList();
  }

  /** Notes what a revision stands for. */
  void writeRef(String revision, String commit) throws IOException {
    if (ModelName.isCommit(revision) || commit(revision).filter(commit::equals).isPresent()) {
      return;
    }
    Path ref = root.resolve("refs").resolve(revision);
    Files.createDirectories(ref.getParent());
    CacheWrites.replace(ref, temporary -> Files.writeString(temporary, commit));
  }

  /** Notes, for Python's tools, that a commit does not have a file. */
  void markAbsent(String commit, String file) throws IOException {
    Path mark = root.resolve(".no_exist").resolve(commit).resolve(file);
    if (!Files.exists(mark)) {
      Files.createDirectories(mark.getParent());
      CacheWrites.replace(mark, temporary -> Files.writeString(temporary, ""));
    }
  }

  /** Makes a blob appear under its name in a snapshot. */
  void publish(String commit, RemoteFile file, boolean symlinks) throws IOException {
    Path name = snapshot(commit).resolve(file.name());
    Path blob = blob(file.checksum());
    if (Files.exists(name) && Files.isSameFile(name, blob)) {
      return;
    }
    Files.createDirectories(name.getParent());
    CacheWrites.link(name, blob, symlinks);
  }

  /**
   * Makes sure that no folder of the model and no file of its snapshots leads out of the cache.
   *
   * @throws HubException naming the link that does
   */
  void requireInside() throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path realCache = cache.toRealPath();
    for (Path folder : List.of(root, blobs(), root.resolve("refs"), snapshots())) {
      requireInside(folder, realCache);
    }
    for (Path file : CacheTree.files(snapshots())) {
      requireInside(file, realCache);
    }
  }

  private void requireInside(Path entry, Path realCache) throws IOException {
    if (Files.exists(entry) && !entry.toRealPath().startsWith(realCache)) {
      throw new HubException(
          "%s leads out of the cache, to %s; refused. If you put it there, name that folder itself as the model; else remove %s and download the model again."
              .formatted(entry, entry.toRealPath(), root));
    }
  }
}
