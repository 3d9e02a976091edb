package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.List;

/** Pairs of different shapes of a scene, each with a name that fits it alone. */
final class ShapePairs {
  private ShapePairs() {}

  /** Two named shapes. */
  record Pair(Noun name, ShapeFacts shape, Noun otherName, ShapeFacts other) {}

  /** Every ordered pair of named shapes, each with one of its names, drawn. */
  static List<Pair> of(SceneFacts facts, SceneRandom random) {
    List<Noun> names = random.shuffled(facts.names());
    List<Pair> pairs = new ArrayList<>();
    for (ShapeFacts shape : facts.shapes()) {
      for (ShapeFacts other : facts.shapes()) {
        if (!shape.equals(other)) {
          names.stream()
              .filter(name -> name.fits(shape))
              .findFirst()
              .ifPresent(name -> addPair(pairs, name, shape, names, other));
        }
      }
    }
    return pairs;
  }

  private static void addPair(
      List<Pair> pairs, Noun name, ShapeFacts shape, List<Noun> names, ShapeFacts other) {
    names.stream()
        .filter(otherName -> otherName.fits(other))
        .findFirst()
        .ifPresent(otherName -> pairs.add(new Pair(name, shape, otherName, other)));
  }
}
