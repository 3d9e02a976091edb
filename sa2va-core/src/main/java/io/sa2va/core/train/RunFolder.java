package io.sa2va.core.train;

import java.nio.file.Path;

/**
 * Where a run of training keeps what it writes.
 *
 * @param folder exists
 */
public record RunFolder(Path folder) {
  /** The state that a run is resumed from. */
  public Path checkpoint() {
    return folder.resolve("checkpoint.safetensors");
  }

  /** One JSON object a line for each step and each validation. */
  public Path log() {
    return folder.resolve("log.jsonl");
  }

  /** A picture of the losses. */
  public Path picture() {
    return folder.resolve("loss.png");
  }
}
