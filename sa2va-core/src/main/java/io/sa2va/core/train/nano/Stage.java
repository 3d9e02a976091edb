package io.sa2va.core.train.nano;

import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * A part of the recipe.
 *
 * @param name for its file and its log
 * @param steps of the optimizer
 * @param batch samples a step
 * @param learningRate the highest
 * @param needs stages whose results it begins with; of a weight that several have learned, the last
 *     one's counts
 * @param learns names of the weights that it changes
 * @param objective what it learns
 */
record Stage(
    String name,
    long steps,
    int batch,
    double learningRate,
    List<String> needs,
    Pattern learns,
    BiFunction<NanoModel, NanoScenes, Objective<?>> objective) {
  /** Samples of different stages are different ones. */
  private static final long SAMPLES = 1_000_000_000;

  Stage {
    needs = List.copyOf(needs);
  }

  /** The number of a sample. */
  long sample(long step, int index) {
    return (name.hashCode() & 0xFF) * SAMPLES + step * batch + index;
  }

  /** The same with fewer steps, at least one. */
  Stage shortened(double part) {
    long fewer = Math.max(1, Math.round(part * steps));
    return new Stage(name, fewer, batch, learningRate, needs, learns, objective);
  }
}
