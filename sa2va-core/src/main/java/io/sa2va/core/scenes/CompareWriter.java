package io.sa2va.core.scenes;

import java.util.List;
import java.util.stream.Stream;

/** "Which is larger, the red circle or the star?" "The star." */
final class CompareWriter implements SampleWriter {
  private static final List<String> LARGER =
      List.of("Which is larger, {a} or {b}?", "What is larger, {a} or {b}?");
  private static final List<String> SMALLER =
      List.of("Which is smaller, {a} or {b}?", "What is smaller, {a} or {b}?");

  @Override
  public SampleKind kind() {
    return SampleKind.COMPARE;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    return ShapePairs.of(facts, random).stream()
        .filter(pair -> Extreme.clearlyLarger(pair.shape(), pair.other()))
        .map(pair -> sample(pair, random))
        .toList();
  }

  private SceneSample sample(ShapePairs.Pair pair, SceneRandom random) {
    boolean askLarger = random.chance(0.5);
    boolean largerFirst = random.chance(0.5);
    Noun first = largerFirst ? pair.name() : pair.otherName();
    Noun second = largerFirst ? pair.otherName() : pair.name();
    Noun answer = askLarger ? pair.name() : pair.otherName();
    return SceneSample.words(
        kind(),
        random
            .pick(askLarger ? LARGER : SMALLER)
            .replace("{a}", first.the())
            .replace("{b}", second.the()),
        Wording.capitalized(answer.the()) + ".");
  }

  @Override
  public List<String> texts() {
    return Stream.of(LARGER, SMALLER, List.of("The")).flatMap(List::stream).toList();
  }
}
