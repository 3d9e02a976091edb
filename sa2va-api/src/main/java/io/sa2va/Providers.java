package io.sa2va;

import io.sa2va.error.Sa2VAException;
import io.sa2va.spi.Sa2VAProvider;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the implementation on the class path or module path. */
final class Providers {
  private Providers() {}

  /** The first provider seen by the thread's class loader, else by the one of this library. */
  static Sa2VAProvider find() {
    return find(Sa2VAProvider.class);
  }

  /** The same for another service. */
  static <T> T find(Class<T> service) {
    try {
      Iterator<T> seenByThread = ServiceLoader.load(service).iterator();
      if (seenByThread.hasNext()) {
        return seenByThread.next();
      }
      Iterator<T> seenByLibrary =
          ServiceLoader.load(service, Providers.class.getClassLoader()).iterator();
      if (seenByLibrary.hasNext()) {
        return seenByLibrary.next();
      }
    } catch (ServiceConfigurationError e) {
      throw new Sa2VAException(
          "The Sa2VA implementation on the class path could not be started: "
              + e.getMessage()
              + ". Use the same version of sa2va-api and sa2va-core.",
          e);
    }
    throw new Sa2VAException(
        "No Sa2VA implementation was found. Add io.sa2va:sa2va-core, of the same version as"
            + " sa2va-api, to the runtime class path.");
  }
}
