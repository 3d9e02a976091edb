package io.sa2va.core.evaluate;

import io.sa2va.Mask;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/**
 * The recall of grounded conversations as the field reports it (GLaMM's and Sa2VA's
 * metrics_gcg.py): the share of true phrases whose mask and words were found. Of each picture
 * always the best pair of masks left is looked at, until one has an intersection over union or a
 * similarity of its words below 0.5; what comes after it is not found. Not thread-safe.
 */
public final class GroundedRecall {
  private static final double LEAST = 0.5;

  private final ToDoubleBiFunction<String, String> similarity;
  private long found;
  private long count;

  /**
   * Starts with nothing.
   *
   * @param similarity of two phrases, at most 1. Published numbers compare the mean last hidden
   *     states of bert-base-uncased by their cosine.
   */
  public GroundedRecall(ToDoubleBiFunction<String, String> similarity) {
    this.similarity = similarity;
  }

  /** A phrase and its mask. */
  public record Phrase(String text, Mask mask) {}

  /**
   * Adds a picture.
   *
   * @param predicted the phrases of the answer
   * @param targets the true phrases, with masks of the same size
   * @return how many true phrases were found
   */
  public int add(List<Phrase> predicted, List<Phrase> targets) {
    IouMatrix matrix =
        IouMatrix.of(
            targets.stream().map(Phrase::mask).toList(),
            predicted.stream().map(Phrase::mask).toList());
    int matched = 0;
    Optional<IouMatrix.Pair> pair = matrix.takeBest();
    while (pair.isPresent() && isFound(pair.get(), predicted, targets)) {
      matched++;
      pair = matrix.takeBest();
    }
    found += matched;
    count += targets.size();
    return matched;
  }

  private boolean isFound(IouMatrix.Pair pair, List<Phrase> predicted, List<Phrase> targets) {
    String text = predicted.get(pair.predicted()).text();
    return pair.iou() >= LEAST
        && similarity.applyAsDouble(text, targets.get(pair.target()).text()) >= LEAST;
  }

  /** How many true phrases were added. */
  public long count() {
    return count;
  }

  /** From 0 to 1; 0 while nothing was added. */
  public double value() {
    return count == 0 ? 0 : (double) found / count;
  }
}
