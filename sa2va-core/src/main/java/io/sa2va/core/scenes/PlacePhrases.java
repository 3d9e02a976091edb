package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** "The leftmost shape", "the largest triangle", "the star at the top left". */
final class PlacePhrases implements PhraseMaker {
  @Override
  public List<Phrase> phrases(SceneFacts facts, SceneRandom random) {
    List<Phrase> phrases = new ArrayList<>();
    for (Noun noun : facts.nouns()) {
      for (Extreme extreme : Extreme.values()) {
        extreme
            .among(facts.surelyFitting(noun))
            .map(shape -> phrase("the " + extreme.word() + " " + noun.singular(), shape))
            .ifPresent(phrases::add);
      }
      for (Place place : Place.values()) {
        facts
            .only(noun, place::fit)
            .map(shape -> phrase(noun.the() + " " + place.words(), shape))
            .ifPresent(phrases::add);
      }
    }
    return phrases;
  }

  private static Phrase phrase(String text, ShapeFacts shape) {
    return new Phrase(text, Target.of(shape));
  }

  @Override
  public List<String> texts() {
    return Stream.concat(
            Arrays.stream(Extreme.values()).map(Extreme::word),
            Arrays.stream(Place.values()).map(Place::words))
        .toList();
  }
}
