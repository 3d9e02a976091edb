package io.sa2va.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A folder in the published layout. */
public final class CheckpointFolder {
  private CheckpointFolder() {}

  /**
   * Copies configuration, tokenizer and whatever else is no weights.
   *
   * @param target made if it does not exist
   * @throws IOException if it is the same folder, or copying fails
   */
  public static void copyAllButWeights(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    if (Files.isSameFile(target, source)) {
      throw new IOException("it is where the model comes from; name another folder");
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(source)) {
      files = all.filter(Files::isRegularFile).filter(CheckpointFolder::isNoWeights).toList();
    }
    for (Path file : files) {
      Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean isNoWeights(Path file) {
    return !file.getFileName().toString().contains(".safetensors");
  }
}
