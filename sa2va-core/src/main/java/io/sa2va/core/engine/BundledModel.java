package io.sa2va.core.engine;

import io.sa2va.error.Sa2VAException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The small model that comes with the library. Weights are mapped from files, so its resources are
 * copied to a temporary folder, once a process.
 */
public final class BundledModel {
  private static final String RESOURCES = "/io/sa2va/core/bundled/";

  private static final Object LOCK = new Object();
  private static @Nullable Path folder;

  private BundledModel() {}

  /** The folder that holds the copy. */
  public static Path folder() {
    synchronized (LOCK) {
      if (folder == null || !Files.isRegularFile(folder.resolve("config.json"))) {
        folder = copy();
      }
      return folder;
    }
  }

  private static Path copy() {
    try {
      Path target = Files.createTempDirectory("sa2va-bundled");
      target.toFile().deleteOnExit();
      for (String name : names()) {
        try (InputStream source = open(name)) {
          Path file = target.resolve(name);
          file.toFile().deleteOnExit();
          Files.copy(source, file);
        }
      }
      return target;
    } catch (IOException e) {
      throw new Sa2VAException("cannot copy the bundled model to the temporary folder: " + e, e);
    }
  }

  private static List<String> names() throws IOException {
    try (InputStream list = open("files.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream stream = BundledModel.class.getResourceAsStream(RESOURCES + name);
    if (stream == null) {
      throw new IOException("the resource " + RESOURCES + name + " is missing");
    }
    return stream;
  }
}
