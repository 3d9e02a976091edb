package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** "What does the red circle do?" "It moves left." */
final class ActionWriter implements SampleWriter {
  private static final List<String> PROMPTS =
      List.of(
          "What does {what} do?", "What does {what} do in this video?", "What happens to {what}?");

  @Override
  public SampleKind kind() {
    return SampleKind.ACTION;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    return facts.names().stream()
        .map(noun -> sample(noun, facts.only(noun).orElseThrow(), random))
        .toList();
  }

  private SceneSample sample(Noun noun, ShapeFacts shape, SceneRandom random) {
    return SceneSample.words(
        kind(),
        random.pick(PROMPTS).replace("{what}", noun.the()),
        "It " + shape.action().words() + ".");
  }

  @Override
  public List<String> texts() {
    List<String> texts = new ArrayList<>(PROMPTS);
    texts.add("It {what}.");
    Arrays.stream(Action.values()).map(Action::words).forEach(texts::add);
    return texts;
  }
}
