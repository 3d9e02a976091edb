package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Nouns that fit no shape of a scene, mostly ones that are easily mistaken. */
final class AbsentNouns {
  private AbsentNouns() {}

  /** In random order: the colour of one shape with the form of another, and any others. */
  static List<Noun> of(SceneFacts facts, SceneRandom random) {
    Set<Noun> nouns = new LinkedHashSet<>();
    for (ShapeFacts shape : random.shuffled(facts.shapes())) {
      nouns.add(Noun.of(random.pick(facts.shapes()).kind()).with(shape.color()));
      nouns.add(Noun.of(shape.kind()).with(random.pick(ShapeColor.values())));
      nouns.add(Noun.of(random.pick(ShapeKind.values())));
      nouns.add(Noun.SHAPE.with(random.pick(ShapeColor.values())));
    }
    List<Noun> absent = new ArrayList<>(nouns);
    absent.removeIf(noun -> !facts.fitting(noun).isEmpty());
    return random.shuffled(absent);
  }
}
