package io.sa2va.core.train.nano;

import io.sa2va.core.scenes.Action;
import io.sa2va.core.scenes.ShapeColor;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.core.scenes.ShapeKind;
import io.sa2va.core.scenes.SizeClass;
import io.sa2va.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the noun phrases of a text among its tokens: "a small red circle", "two stars"; and what
 * tells shapes by what they do: "that moves left".
 */
final class NounReader {
  private static final List<String> ARTICLES =
      List.of(
          "the", "a", "an", "all", "two", "three", "four", "five", "six", "seven", "no", "1", "2",
          "3", "4", "5", "6", "7");

  private final Map<Integer, Optional<ShapeKind>> nouns = new HashMap<>();
  private final Map<Integer, ShapeColor> colors = new HashMap<>();
  private final Map<Integer, SizeClass> sizes = new HashMap<>();
  private final Set<Integer> articles = new HashSet<>();
  private final Map<Action, int[]> clauses = new EnumMap<>(Action.class);
  private final int pronoun;

  /**
   * A noun phrase, or what follows a noun and tells which of such shapes is meant by what it does.
   *
   * @param first its first token
   * @param last its last one, the noun or the end of the clause
   */
  record Found(
      int first,
      int last,
      Optional<SizeClass> size,
      Optional<ShapeColor> color,
      Optional<ShapeKind> kind,
      Optional<Action> action) {
    boolean fits(ShapeFacts shape) {
      return size.map(shape.size()::equals).orElse(true)
          && color.map(shape.color()::equals).orElse(true)
          && kind.map(shape.kind()::equals).orElse(true)
          && action.map(shape.action()::equals).orElse(true);
    }

    private Found that(Action does, int words) {
      return new Found(last + 1, last + words, size, color, kind, Optional.of(does));
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
    for (Action action : Action.told()) {
      clauses.put(action, tokenizer.encodeContinuation(" that " + action.words()));
    }
    pronoun = token(tokenizer, " one");
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
        Found noun = new Found(first, last, size, color, nouns.get(ids[last]), Optional.empty());
        found.add(noun);
        clause(ids, noun).ifPresent(found::add);
      } else if (ids[last] == pronoun) {
        clause(ids, anyShape(last)).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Found anyShape(int at) {
    return new Found(
        at, at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What a noun's shape does: "that moves left". */
  private Optional<Found> clause(int[] ids, Found noun) {
    return clauses.entrySet().stream()
        .filter(clause -> follows(ids, noun.last() + 1, clause.getValue()))
        .findFirst()
        .map(clause -> noun.that(clause.getKey(), clause.getValue().length));
  }

  private static boolean follows(int[] ids, int from, int[] words) {
    int to = from + words.length;
    return to <= ids.length && Arrays.equals(ids, from, to, words, 0, words.length);
  }
}
