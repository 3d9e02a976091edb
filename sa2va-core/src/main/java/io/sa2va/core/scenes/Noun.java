package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A noun with its adjectives, such as "small red circle", and the shapes it fits.
 *
 * @param singular without an article
 * @param plural without an article
 * @param sizes it fits
 * @param colors it fits
 * @param kinds it fits
 */
record Noun(
    String singular,
    String plural,
    Set<SizeClass> sizes,
    Set<ShapeColor> colors,
    Set<ShapeKind> kinds) {
  private static final List<String> NUMBERS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven");

  /** Any shape. */
  static final Noun SHAPE =
      new Noun(
          "shape",
          "shapes",
          EnumSet.allOf(SizeClass.class),
          EnumSet.allOf(ShapeColor.class),
          EnumSet.allOf(ShapeKind.class));

  static Noun of(ShapeKind kind) {
    return new Noun(kind.word(), kind.plural(), SHAPE.sizes, SHAPE.colors, EnumSet.of(kind));
  }

  Noun with(ShapeColor color) {
    String prefix = color.word() + " ";
    return new Noun(prefix + singular, prefix + plural, sizes, EnumSet.of(color), kinds);
  }

  Noun with(SizeClass size) {
    return new Noun(
        size.prefix() + singular, size.prefix() + plural, EnumSet.of(size), colors, kinds);
  }

  /** The full description of a shape without its size. */
  static Noun named(ShapeFacts shape) {
    return of(shape.kind()).with(shape.color());
  }

  /** The full description of a shape. */
  static Noun sizedAndNamed(ShapeFacts shape) {
    return named(shape).with(shape.size());
  }

  boolean fits(ShapeFacts shape) {
    return sizes.contains(shape.size())
        && colors.contains(shape.color())
        && kinds.contains(shape.kind());
  }

  String the() {
    return "the " + singular;
  }

  String withArticle() {
    return (singular.startsWith("orange") ? "an " : "a ") + singular;
  }

  /** A number in words, 0 to 7. */
  static String number(int count) {
    return NUMBERS.get(count);
  }

  /** Every word a noun can have beside it or in it. */
  static List<String> texts() {
    List<String> texts = new ArrayList<>(NUMBERS.subList(2, NUMBERS.size()));
    texts.addAll(List.of("a", "an", "the", SHAPE.singular, SHAPE.plural));
    for (ShapeKind kind : ShapeKind.values()) {
      texts.add(kind.word());
      texts.add(kind.plural());
    }
    for (ShapeColor color : ShapeColor.values()) {
      texts.add(color.word());
    }
    for (SizeClass size : SizeClass.values()) {
      texts.add(size.prefix());
    }
    return texts;
  }
}
