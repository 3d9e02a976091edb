package io.sa2va.core.scenes;

import io.sa2va.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads a referring phrase word by word and finds the shapes it means, from the masks and without
 * margins: whatever fits just so, fits.
 */
final class PhraseReader {
  private static final Pattern GROUP =
      Pattern.compile("(all the|all|every|both|the (?:two|three|four|five|six|seven)) (.+)");
  private static final Pattern MOTION = Pattern.compile("the (.+) that (.+)");
  private static final Pattern RELATION =
      Pattern.compile("the (.+) (left of|right of|above|below|inside) (the .+)");
  private static final Pattern PLACE = Pattern.compile("the (.+) (at the|on the|in the) (.+)");
  private static final Pattern EXTREME =
      Pattern.compile("the (leftmost|rightmost|topmost|bottommost|largest|smallest) (.+)");
  private static final Pattern PLAIN = Pattern.compile("the (.+)");
  private static final List<String> NUMBERS =
      List.of("both", "the two", "the three", "the four", "the five", "the six", "the seven");

  /** A shape as its mask shows it; places and sizes of the picture's sides. */
  private record Seen(ShapeFacts facts, double x, double y, double width, int area) {}

  private final List<Seen> shapes;

  private PhraseReader(List<Seen> shapes) {
    this.shapes = shapes;
  }

  static PhraseReader of(List<ShapeFacts> shapes, IntFunction<Mask> masks) {
    return new PhraseReader(
        shapes.stream().map(shape -> see(shape, masks.apply(shape.index()))).toList());
  }

  private static Seen see(ShapeFacts shape, Mask mask) {
    List<int[]> pixels = new ArrayList<>();
    IntStream.range(0, mask.width() * mask.height())
        .mapToObj(i -> new int[] {i % mask.width(), i / mask.width()})
        .filter(pixel -> mask.get(pixel[0], pixel[1]))
        .forEach(pixels::add);
    double x = pixels.stream().mapToInt(p -> p[0]).average().orElse(0) / mask.width();
    double y = pixels.stream().mapToInt(p -> p[1]).average().orElse(0) / mask.height();
    int least = pixels.stream().mapToInt(p -> p[0]).min().orElse(0);
    int most = pixels.stream().mapToInt(p -> p[0]).max().orElse(0);
    return new Seen(shape, x, y, (double) (most - least) / mask.width(), pixels.size());
  }

  /** The indices of the shapes meant, ascending. */
  List<Integer> read(String phrase) {
    return find(phrase).stream().map(seen -> seen.facts().index()).sorted().toList();
  }

  private List<Seen> find(String phrase) {
    Matcher matcher = GROUP.matcher(phrase);
    if (matcher.matches()) {
      return group(matcher.group(1), singular(matcher.group(2)));
    }
    matcher = MOTION.matcher(phrase);
    if (matcher.matches()) {
      String action = matcher.group(2);
      return filter(nouns(matcher.group(1)), s -> s.facts().action().words().equals(action));
    }
    matcher = RELATION.matcher(phrase);
    if (matcher.matches()) {
      List<Seen> anchors = find(matcher.group(3));
      String relation = matcher.group(2);
      return anchors.size() != 1
          ? List.of()
          : filter(nouns(matcher.group(1)), s -> isRelated(s, relation, anchors.get(0)));
    }
    matcher = EXTREME.matcher(phrase);
    if (matcher.matches()) {
      return extreme(matcher.group(1), nouns(matcher.group(2)));
    }
    matcher = PLACE.matcher(phrase);
    if (matcher.matches()) {
      String place = matcher.group(3);
      return filter(nouns(matcher.group(1)), s -> isAt(s, place));
    }
    matcher = PLAIN.matcher(phrase);
    return matcher.matches() ? nouns(matcher.group(1)) : List.of();
  }

  private List<Seen> group(String quantity, String noun) {
    List<Seen> found = nouns(noun);
    int number = Math.max(2, NUMBERS.indexOf(quantity) + 1);
    boolean counted = NUMBERS.contains(quantity);
    return counted && found.size() != number ? List.of() : found;
  }

  private static String singular(String noun) {
    return noun.endsWith("crosses")
        ? noun.substring(0, noun.length() - 2)
        : noun.endsWith("s") && !noun.endsWith("ss") ? noun.substring(0, noun.length() - 1) : noun;
  }

  private List<Seen> nouns(String words) {
    List<Seen> found = shapes;
    for (String word : words.split(" ", -1)) {
      found = filter(found, seen -> isCalled(seen.facts(), word));
    }
    return found;
  }

  private static boolean isCalled(ShapeFacts shape, String word) {
    return switch (word) {
      case "shape", "one" -> true;
      case "small" -> shape.radius() < 0.11;
      case "large" -> shape.radius() > 0.17;
      default -> word.equals(shape.kind().word()) || word.equals(shape.color().word());
    };
  }

  private static boolean isRelated(Seen a, String relation, Seen b) {
    if (a.equals(b)) {
      return false;
    }
    return switch (relation) {
      case "left of" -> a.x() < b.x();
      case "right of" -> a.x() > b.x();
      case "above" -> a.y() < b.y();
      case "below" -> a.y() > b.y();
      default ->
          b.facts().kind() == ShapeKind.RING
              && Math.abs(a.x() - b.x()) < b.width() / 4
              && Math.abs(a.y() - b.y()) < b.width() / 2
              && a.width() < b.width();
    };
  }

  private static boolean isAt(Seen seen, String place) {
    boolean left = seen.x() < 0.41;
    boolean right = seen.x() > 0.59;
    boolean top = seen.y() < 0.41;
    boolean bottom = seen.y() > 0.59;
    return switch (place) {
      case "top left" -> top && left;
      case "top right" -> top && right;
      case "bottom left" -> bottom && left;
      case "bottom right" -> bottom && right;
      case "left" -> left;
      case "right" -> right;
      case "top" -> top;
      case "bottom" -> bottom;
      case "middle" -> Math.abs(seen.x() - 0.5) < 0.17 && Math.abs(seen.y() - 0.5) < 0.17;
      default -> throw new AssertionError("unknown place: " + place);
    };
  }

  private static List<Seen> extreme(String word, List<Seen> found) {
    Map<String, ToDoubleFunction<Seen>> measures =
        Map.of(
            "leftmost",
            Seen::x,
            "rightmost",
            seen -> -seen.x(),
            "topmost",
            Seen::y,
            "bottommost",
            seen -> -seen.y(),
            "smallest",
            Seen::area,
            "largest",
            seen -> -seen.area());
    return found.size() < 2
        ? List.of()
        : found.stream()
            .min(Comparator.comparingDouble(measures.get(word)))
            .map(List::of)
            .orElseThrow();
  }

  private static List<Seen> filter(List<Seen> shapes, Predicate<Seen> test) {
    return shapes.stream().filter(test).toList();
  }
}
