package io.sa2va.core.train.nano;

import io.sa2va.core.scenes.ShapeColor;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.core.scenes.ShapeKind;
import io.sa2va.core.scenes.SizeClass;
import io.sa2va.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the noun phrases of a text among its tokens: "a small red circle", "two stars". */
final class NounReader {
  private static final List<String> ARTICLES =
      List.of(
          "the", "a", "an", "all", "two", "three", "four", "five", "six", "seven", "no", "1", "2",
          "3", "4", "5", "6", "7");

  private final Map<Integer, Optional<ShapeKind>> nouns = new HashMap<>();
  private final Map<Integer, ShapeColor> colors = new HashMap<>();
  private final Map<Integer, SizeClass> sizes = new HashMap<>();
  private final Set<Integer> articles = new HashSet<>();

  /**
   * A noun phrase.
   *
   * @param first its first token
   * @param last its last one, the noun
   */
  record Found(
      int first,
      int last,
      Optional<SizeClass> size,
      Optional<ShapeColor> color,
      Optional<ShapeKind> kind) {
    boolean fits(ShapeFacts shape) {
      return size.map(shape.size()::equals).orElse(true)
          && color.map(shape.color()::equals).orElse(true)
          && kind.map(shape.kind()::equals).orElse(true);
    }
  }

  /**
   * @param tokenizer that has a token for every word of the scenes
   */
  NounReader(Tokenizer tokenizer) {
    for (ShapeKind kind : ShapeKind.values()) {
      nouns.put(token(tokenizer, " " + kind.word()), Optional.of(kind));
      nouns.put(token(tokenizer, " " + kind.plural()), Optional.of(kind));
    }
    nouns.put(token(tokenizer, " shape"), Optional.empty());
    nouns.put(token(tokenizer, " shapes"), Optional.empty());
    for (ShapeColor color : ShapeColor.values()) {
      colors.put(token(tokenizer, " " + color.word()), color);
    }
    sizes.put(token(tokenizer, " small"), SizeClass.SMALL);
    sizes.put(token(tokenizer, " large"), SizeClass.LARGE);
    ARTICLES.forEach(article -> articles.add(token(tokenizer, " " + article)));
    List.of("The", "A", "An").forEach(article -> articles.add(token(tokenizer, article)));
  }

  private static int token(Tokenizer tokenizer, String word) {
    int[] ids = tokenizer.encodeContinuation(word);
    return ids[ids.length - 1];
  }

  /** All of them, in order. */
  List<Found> find(int[] ids) {
    List<Found> found = new ArrayList<>();
    for (int last = 1; last < ids.length; last++) {
      if (nouns.containsKey(ids[last])) {
        int first = last;
        Optional<ShapeColor> color = Optional.ofNullable(colors.get(ids[first - 1]));
        first -= color.isPresent() ? 1 : 0;
        Optional<SizeClass> size = Optional.ofNullable(sizes.get(ids[first - 1]));
        first -= size.isPresent() ? 1 : 0;
        first -= articles.contains(ids[first - 1]) ? 1 : 0;
        found.add(new Found(first, last, size, color, nouns.get(ids[last])));
      }
    }
    return found;
  }
}
