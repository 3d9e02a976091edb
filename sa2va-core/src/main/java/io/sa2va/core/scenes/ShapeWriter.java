package io.sa2va.core.scenes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** "What shape is red?" "It is a circle." */
final class ShapeWriter implements SampleWriter {
  private static final List<String> PROMPTS =
      List.of(
          "What shape is {what}?",
          "Which shape is {what}?",
          "What is the {what} shape?",
          "What is {what}?");

  @Override
  public SampleKind kind() {
    return SampleKind.SHAPE;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    return Arrays.stream(ShapeColor.values())
        .flatMap(
            color ->
                facts.only(Noun.SHAPE.with(color)).map(shape -> sample(shape, random)).stream())
        .toList();
  }

  private SceneSample sample(ShapeFacts shape, SceneRandom random) {
    return SceneSample.words(
        kind(),
        random.pick(PROMPTS).replace("{what}", shape.color().word()),
        "It is " + Noun.of(shape.kind()).withArticle() + ".");
  }

  @Override
  public List<String> texts() {
    return Stream.concat(PROMPTS.stream(), Stream.of("It is {what}.")).toList();
  }
}
