package io.sa2va.core.testing;

import io.sa2va.Sa2VA;
import java.nio.file.Path;

/** Fixtures loaded through the public interface. */
public final class FixtureModel {
  private FixtureModel() {}

  public static Sa2VA load(String family) {
    return load(Golden.folder(family).resolve("checkpoint"));
  }

  /** On one thread: so small a model gains nothing from more. */
  public static Sa2VA load(Path checkpoint) {
    return Sa2VA.load(checkpoint, options -> options.threads(1));
  }
}
