package io.sa2va.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that is written beside its place, named {@code PLACE.partial}, and put there when all of
 * it is written. One that is closed before is deleted.
 */
public final class PartialFolder implements AutoCloseable {
  private final Path path;
  private final Path place;

  private PartialFolder(Path path, Path place) {
    this.path = path;
    this.place = place;
  }

  /**
   * Starts with an empty folder; what one that was killed has left is deleted.
   *
   * @param place empty, or not there
   * @throws IOException if it cannot be made
   */
  public static PartialFolder of(Path place) throws IOException {
    Path absolute = place.toAbsolutePath().normalize();
    Path path = absolute.resolveSibling(absolute.getFileName() + ".partial");
    FolderTree.delete(path);
    Files.createDirectories(path);
    return new PartialFolder(path, absolute);
  }

  /** Where to write. */
  public Path path() {
    return path;
  }

  /**
   * Puts it in its place.
   *
   * @throws IOException if something is there by now, or it cannot be moved
   */
  public void finish() throws IOException {
    Files.deleteIfExists(place); // Not every file system moves a folder onto an empty one.
    AtomicMove.replace(path, place);
  }

  @Override
  public void close() {
    try {
      FolderTree.delete(path);
    } catch (IOException ignored) {
      // The failure that left it behind is the one to report.
    }
  }
}
