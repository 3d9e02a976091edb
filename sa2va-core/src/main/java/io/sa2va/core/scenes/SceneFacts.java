package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** All that texts can say about a scene, and the questions that making them asks. */
record SceneFacts(Medium medium, List<ShapeFacts> shapes, double aspect) {
  /** Facts of a scene whose width is {@code aspect} of its height. */
  SceneFacts {
    shapes = List.copyOf(shapes);
  }

  /** The shapes a noun fits, hidden ones too. */
  List<ShapeFacts> fitting(Noun noun) {
    return shapes.stream().filter(noun::fits).toList();
  }

  /** The shapes a noun fits; none if one of them is too hidden to be sure. */
  List<ShapeFacts> surelyFitting(Noun noun) {
    List<ShapeFacts> fitting = fitting(noun);
    return fitting.stream().allMatch(ShapeFacts::clear) ? fitting : List.of();
  }

  /** The only shape a noun fits, if there is just one and it is clear. */
  Optional<ShapeFacts> only(Noun noun) {
    return only(noun, shape -> Fit.YES);
  }

  /** The only shape that a noun and more words fit, if no other one is in doubt. */
  Optional<ShapeFacts> only(Noun noun, Function<ShapeFacts, Fit> fit) {
    List<ShapeFacts> found = new ArrayList<>();
    for (ShapeFacts shape : fitting(noun)) {
      Fit answer = fit.apply(shape);
      if (answer == Fit.UNSURE || (answer == Fit.YES && !shape.clear())) {
        return Optional.empty();
      }
      if (answer == Fit.YES) {
        found.add(shape);
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** Nouns that fit at least one shape, from the general to the particular, without sizes. */
  List<Noun> nouns() {
    Set<Noun> nouns = new LinkedHashSet<>();
    nouns.add(Noun.SHAPE);
    shapes.forEach(shape -> nouns.add(Noun.of(shape.kind())));
    shapes.forEach(shape -> nouns.add(Noun.SHAPE.with(shape.color())));
    shapes.forEach(shape -> nouns.add(Noun.named(shape)));
    return List.copyOf(nouns);
  }

  /** Nouns with sizes that fit at least one shape; none in a clip, where sizes change. */
  List<Noun> sizedNouns() {
    Set<Noun> nouns = new LinkedHashSet<>();
    if (medium == Medium.PICTURE) {
      for (ShapeFacts shape : shapes) {
        if (shape.size() != SizeClass.MEDIUM) {
          nouns.add(Noun.of(shape.kind()).with(shape.size()));
          nouns.add(Noun.SHAPE.with(shape.color()).with(shape.size()));
          nouns.add(Noun.sizedAndNamed(shape));
        }
      }
    }
    return List.copyOf(nouns);
  }

  /** Nouns without sizes that fit exactly one shape, which is clear. */
  List<Noun> names() {
    return nouns().stream().filter(noun -> only(noun).isPresent()).toList();
  }
}
