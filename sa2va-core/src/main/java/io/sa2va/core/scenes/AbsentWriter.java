package io.sa2va.core.scenes;

import java.util.List;

/** Prompts for the mask of what is not there, answered in words. */
final class AbsentWriter implements SampleWriter {
  private static final int SAMPLES = 4;

  @Override
  public SampleKind kind() {
    return SampleKind.ABSENT;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    return AbsentNouns.of(facts, random).stream()
        .limit(SAMPLES)
        .map(noun -> sample(noun, facts.medium(), random))
        .toList();
  }

  private SceneSample sample(Noun noun, Medium medium, SceneRandom random) {
    return SceneSample.words(
        kind(),
        ReferringWriter.prompt(noun.the(), medium, random),
        "There is no " + noun.singular() + " in the " + medium.answerWord() + ".");
  }

  @Override
  public List<String> texts() {
    return List.of("There is no {what} in the {medium}.");
  }
}
