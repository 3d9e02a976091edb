package io.sa2va.core.train;

import io.sa2va.torch.weights.WeightException;
import java.nio.file.Path;
import java.util.Map;

/**
 * How far a run has come.
 *
 * @param microBatches learned from in all
 * @param pending those of them since the last update
 * @param seed of the run
 */
record Progress(long microBatches, int pending, long seed) {
  private static final String FORMAT = "sa2va training 1";

  Map<String, String> toMetadata() {
    return Map.of(
        "format", FORMAT,
        "micro_batches", Long.toString(microBatches),
        "pending", Integer.toString(pending),
        "seed", Long.toString(seed));
  }

  static Progress of(Map<String, String> metadata, Path file) {
    if (!FORMAT.equals(metadata.get("format"))) {
      throw new WeightException(file + " is not a saved run of training");
    }
    try {
      return new Progress(
          Long.parseLong(metadata.getOrDefault("micro_batches", "")),
          Integer.parseInt(metadata.getOrDefault("pending", "")),
          Long.parseLong(metadata.getOrDefault("seed", "")));
    } catch (NumberFormatException e) {
      throw new WeightException(file + " does not say how far its run had come", e);
    }
  }
}
