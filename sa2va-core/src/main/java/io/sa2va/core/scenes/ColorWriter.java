package io.sa2va.core.scenes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** "What colour is the star?" "It is red." */
final class ColorWriter implements SampleWriter {
  private static final List<String> PROMPTS =
      List.of(
          "What colour is {what}?",
          "What color is {what}?",
          "Which colour does {what} have?",
          "What is the color of {what}?");

  @Override
  public SampleKind kind() {
    return SampleKind.COLOR;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    return Arrays.stream(ShapeKind.values())
        .map(Noun::of)
        .flatMap(noun -> facts.only(noun).map(shape -> sample(noun, shape, random)).stream())
        .toList();
  }

  private SceneSample sample(Noun noun, ShapeFacts shape, SceneRandom random) {
    return SceneSample.words(
        kind(),
        random.pick(PROMPTS).replace("{what}", noun.the()),
        "It is " + shape.color().word() + ".");
  }

  @Override
  public List<String> texts() {
    return Stream.concat(PROMPTS.stream(), Stream.of("It is {what}.")).toList();
  }
}
