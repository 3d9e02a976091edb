package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** "The square left of the ring", "the shape above the red star". */
final class RelationPhrases implements PhraseMaker {
  @Override
  public List<Phrase> phrases(SceneFacts facts, SceneRandom random) {
    List<Phrase> phrases = new ArrayList<>();
    List<Noun> names = facts.names();
    for (Noun noun : facts.nouns()) {
      for (Noun name : names) {
        ShapeFacts anchor = facts.only(name).orElseThrow();
        for (Relation relation : Relation.values()) {
          related(facts, noun, relation, anchor)
              .map(target -> phrase(noun, relation, name, target))
              .ifPresent(phrases::add);
        }
      }
    }
    return phrases;
  }

  private static Optional<ShapeFacts> related(
      SceneFacts facts, Noun noun, Relation relation, ShapeFacts anchor) {
    return facts.only(
        noun, shape -> shape.equals(anchor) ? Fit.NO : relation.fit(shape, anchor, facts.aspect()));
  }

  private static Phrase phrase(Noun noun, Relation relation, Noun anchor, ShapeFacts target) {
    return new Phrase(noun.the() + " " + relation.words() + " " + anchor.the(), Target.of(target));
  }

  @Override
  public List<String> texts() {
    return Arrays.stream(Relation.values()).map(Relation::words).toList();
  }
}
