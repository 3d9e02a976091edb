package io.sa2va.core.scenes;

import java.util.ArrayList;
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
        .filter(noun -> !actionOf(noun, facts).goesOut())
        .map(noun -> sample(noun, actionOf(noun, facts), random))
        .toList();
  }

  private static Action actionOf(Noun name, SceneFacts facts) {
    return facts.only(name).orElseThrow().action();
  }

  private SceneSample sample(Noun noun, Action action, SceneRandom random) {
    return SceneSample.words(
        kind(), random.pick(PROMPTS).replace("{what}", noun.the()), "It " + action.words() + ".");
  }

  @Override
  public List<String> texts() {
    List<String> texts = new ArrayList<>(PROMPTS);
    texts.add("It {what}.");
    Action.told().stream().map(Action::words).forEach(texts::add);
    return texts;
  }
}
