package io.sa2va.core.evaluate;

import io.sa2va.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How well the phrases of descriptions match their masks: the intersection over union of phrases of
 * the same words, where a phrase that the other side lacks counts as 0. A description's score is
 * the mean over its phrases, the value the mean over descriptions. Not thread-safe.
 *
 * <p>Stricter than {@link GroundedMeanIou}, which pairs by masks alone and leaves out what has no
 * pair.
 */
public final class PhraseGrounding {
  private double sum;
  private long count;

  /** Starts with nothing. */
  public PhraseGrounding() {}

  /**
   * A phrase of a description and its mask on each frame.
   *
   * @param text the words, compared as {@link AnswerAccuracy} does
   * @param masks one for a picture
   */
  public record Phrase(String text, List<Mask> masks) {
    /** Copies the list. */
    public Phrase {
      masks = List.copyOf(masks);
    }

    private String words() {
      return AnswerAccuracy.words(text);
    }

    private double iou(Phrase other) {
      double total = 0;
      for (int frame = 0; frame < masks.size(); frame++) {
        total += masks.get(frame).iou(other.masks.get(frame));
      }
      return total / masks.size();
    }
  }

  /**
   * Adds a description.
   *
   * @param predicted the phrases of the answer; of several with the same words, those whose masks
   *     agree most are paired
   * @param expected at least one
   * @return its score, 0 to 1
   */
  public double add(List<Phrase> predicted, List<Phrase> expected) {
    List<Phrase> left = new ArrayList<>(predicted);
    List<Phrase> wanted = new ArrayList<>(expected);
    double matched = 0;
    for (Optional<Pair> pair = best(left, wanted); pair.isPresent(); pair = best(left, wanted)) {
      matched += pair.get().iou();
      left.remove(pair.get().predicted());
      wanted.remove(pair.get().expected());
    }
    double score = matched / Math.max(predicted.size(), expected.size());
    sum += score;
    count++;
    return score;
  }

  private record Pair(Phrase predicted, Phrase expected, double iou) {}

  /** Of all with the same words, the two whose masks agree most. */
  private static Optional<Pair> best(List<Phrase> predicted, List<Phrase> expected) {
    return predicted.stream()
        .flatMap(
            one ->
                expected.stream()
                    .filter(other -> one.words().equals(other.words()))
                    .map(other -> new Pair(one, other, one.iou(other))))
        .max(Comparator.comparingDouble(Pair::iou));
  }

  /** How many descriptions were added. */
  public long count() {
    return count;
  }

  /** From 0 to 1; 0 while nothing was added. */
  public double value() {
    return count == 0 ? 0 : sum / count;
  }
}
