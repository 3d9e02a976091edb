package io.sa2va.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Puts what was written beside its place there in one step, so that nobody ever sees half of it.
 */
public final class AtomicMove {
  private AtomicMove() {}

  /**
   * Moves a file over what may be there. File systems that cannot do it in one step do it in two.
   *
   * @param finished on the same file system
   * @throws IOException if it cannot be moved
   */
  public static void replace(Path finished, Path place) throws IOException {
    try {
      Files.move(
          finished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(finished, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
