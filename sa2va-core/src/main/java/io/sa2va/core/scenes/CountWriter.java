package io.sa2va.core.scenes;

import java.util.List;
import java.util.stream.Stream;

/** "How many triangles are there?" "There are 3 triangles." */
final class CountWriter implements SampleWriter {
  private static final int ABSENT = 2;

  private static final List<String> PROMPTS =
      List.of(
          "How many {what} are there?",
          "How many {what} are there in this {medium}?",
          "How many {what} can you see?",
          "Count the {what}.");

  @Override
  public SampleKind kind() {
    return SampleKind.COUNT;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    Stream<Noun> present =
        facts.nouns().stream().filter(noun -> !facts.surelyFitting(noun).isEmpty());
    Stream<Noun> absent = AbsentNouns.of(facts, random).stream().limit(ABSENT);
    return Stream.concat(present, absent).map(noun -> sample(noun, facts, random)).toList();
  }

  private SceneSample sample(Noun noun, SceneFacts facts, SceneRandom random) {
    String prompt =
        random
            .pick(PROMPTS)
            .replace("{what}", noun.plural())
            .replace("{medium}", facts.medium().promptWord());
    return SceneSample.words(kind(), prompt, answer(noun, facts.fitting(noun).size()));
  }

  private static String answer(Noun noun, int count) {
    return switch (count) {
      case 0 -> "There are no " + noun.plural() + ".";
      case 1 -> "There is 1 " + noun.singular() + ".";
      default -> "There are " + count + " " + noun.plural() + ".";
    };
  }

  @Override
  public List<String> texts() {
    List<String> answers = List.of("There are no {what}.", "There is 1 {what}.", "2 3 4 5 6 7");
    return Stream.concat(PROMPTS.stream(), answers.stream()).toList();
  }
}
