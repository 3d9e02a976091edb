package io.sa2va.core.train.nano;

import io.sa2va.core.scenes.ShapeColor;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.core.scenes.ShapeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A noun with its article and perhaps a colour, as conversations have them: " the red circle".
 *
 * @param text with a space before it
 * @param color of what it speaks of
 * @param kind of what it speaks of; without one, it speaks of any shape
 */
record NounPhrase(String text, Optional<ShapeColor> color, Optional<ShapeKind> kind) {
  private static final double WITH_COLOR = 0.65;
  private static final double WITH_KIND = 0.8;
  private static final double PLURAL = 0.4;
  private static final double MIXED = 0.4;

  private static final List<ShapeColor> COLORS = List.of(ShapeColor.values());
  private static final List<ShapeKind> KINDS = List.of(ShapeKind.values());

  /**
   * Phrases about a scene: of shapes in it, of others, and of those that share the colour of one
   * shape and the form of another, so that both words have to be read.
   */
  static List<NounPhrase> draw(List<ShapeFacts> shapes, int count, RandomGenerator random) {
    List<NounPhrase> phrases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      phrases.add(one(shapes, random));
    }
    return phrases;
  }

  private static NounPhrase one(List<ShapeFacts> shapes, RandomGenerator random) {
    ShapeFacts one = shapes.get(random.nextInt(shapes.size()));
    ShapeFacts other = shapes.get(random.nextInt(shapes.size()));
    double draw = random.nextDouble();
    ShapeColor color = one.color();
    ShapeKind kind = one.kind();
    if (draw < MIXED / 2) {
      kind = other.kind();
    } else if (draw < MIXED) {
      color = COLORS.get(random.nextInt(COLORS.size()));
      kind = KINDS.get(random.nextInt(KINDS.size()));
    }
    boolean colored = random.nextDouble() < WITH_COLOR;
    boolean formed = !colored || random.nextDouble() < WITH_KIND;
    return of(
        colored ? Optional.of(color) : Optional.empty(),
        formed ? Optional.of(kind) : Optional.empty(),
        random);
  }

  private static NounPhrase of(
      Optional<ShapeColor> color, Optional<ShapeKind> kind, RandomGenerator random) {
    boolean plural = random.nextDouble() < PLURAL;
    String noun =
        plural
            ? kind.map(ShapeKind::plural).orElse("shapes")
            : kind.map(ShapeKind::word).orElse("shape");
    List<String> articles = plural ? List.of(" all", "") : List.of(" the", " a");
    String article = articles.get(random.nextInt(articles.size()));
    String adjective = color.map(c -> " " + c.word()).orElse("");
    return new NounPhrase(article + adjective + " " + noun, color, kind);
  }

  /** Whether it speaks of a shape. */
  boolean fits(ShapeFacts shape) {
    return color.map(shape.color()::equals).orElse(true)
        && kind.map(shape.kind()::equals).orElse(true);
  }
}
