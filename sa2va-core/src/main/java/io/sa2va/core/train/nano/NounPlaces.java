package io.sa2va.core.train.nano;

import com.google.common.primitives.Longs;
import io.sa2va.core.train.TrainingText;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the nouns of a conversation stand.
 *
 * @param nouns of questions and answers, in order
 * @param answered those of answers, at whose beginning the model has to know what comes
 */
record NounPlaces(List<NounReader.Found> nouns, List<NounReader.Found> answered) {
  /** Tokens between two nouns of one question: "is", "left of", "or". */
  private static final int NEAR = 4;

  NounPlaces {
    nouns = List.copyOf(nouns);
    answered = List.copyOf(answered);
  }

  static NounPlaces of(NounReader reader, TrainingText text) {
    long[] predicting = text.predicting();
    List<NounReader.Found> nouns = reader.find(text.ids());
    return new NounPlaces(
        nouns, nouns.stream().filter(noun -> Longs.contains(predicting, before(noun))).toList());
  }

  private static long before(NounReader.Found noun) {
    return noun.first() - 1L;
  }

  /** Those that follow soon after another, which they may be set against. */
  List<Integer> second() {
    return IntStream.range(1, nouns.size())
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
    return answered.stream().mapToLong(NounPlaces::before).toArray();
  }
}
