package io.sa2va.core.train.nano;

import com.google.common.primitives.Longs;
import io.sa2va.core.train.TrainingText;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Where the nouns of a conversation stand.
 *
 * @param nouns of questions and answers, in order
 * @param answered those of answers, at whose beginning the model has to know what comes
 */
record NounPlaces(List<NounReader.Found> nouns, List<Answered> answered) {
  /** Tokens between two nouns of one question: "is", "left of", "or". */
  private static final int NEAR = 4;

  /** Tokens from a noun to the end of its phrase. */
  private static final int PHRASE_END = 2;

  /**
   * A noun of an answer.
   *
   * @param segment the number of the {@code [SEG]} that stands for it, where it ends a phrase that
   *     has one
   */
  record Answered(NounReader.Found noun, OptionalInt segment) {}

  NounPlaces {
    nouns = List.copyOf(nouns);
    answered = List.copyOf(answered);
  }

  /**
   * Reads a conversation.
   *
   * @param phraseEnd token that ends a phrase with a mask
   * @param segToken that follows it
   */
  static NounPlaces of(NounReader reader, TrainingText text, int phraseEnd, int segToken) {
    long[] predicting = text.predicting();
    long[] phraseEnds = text.places(phraseEnd);
    long[] segments = text.places(segToken);
    List<NounReader.Found> nouns = reader.find(text.ids());
    return new NounPlaces(
        nouns,
        nouns.stream()
            .filter(noun -> Longs.contains(predicting, before(noun)))
            .map(noun -> new Answered(noun, segment(noun.last(), phraseEnds, segments)))
            .toList());
  }

  private static OptionalInt segment(int noun, long[] phraseEnds, long[] segments) {
    boolean grounded =
        Arrays.stream(phraseEnds).anyMatch(end -> end > noun && end <= noun + PHRASE_END);
    return grounded
        ? IntStream.range(0, segments.length).filter(i -> segments[i] > noun).findFirst()
        : OptionalInt.empty();
  }

  private static long before(NounReader.Found noun) {
    return noun.first() - 1L;
  }

  /** Those that follow soon after another, which they may be set against. */
  List<Integer> second() {
    return IntStream.range(1, nouns.size())
        .filter(i -> nouns.get(i).action().isEmpty())
        .filter(i -> nouns.get(i).first() - nouns.get(i - 1).last() <= NEAR)
        .boxed()
        .toList();
  }

  /** The last token of each. */
  long[] ends() {
    return nouns.stream().mapToLong(NounReader.Found::last).toArray();
  }

  /** The token before each of an answer. */
  long[] beforeAnswered() {
    return answered.stream().mapToLong(one -> before(one.noun())).toArray();
  }
}
