package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.List;

/** Prompts for two or three shapes at once; the answer names each before its mask. */
final class SeveralWriter implements SampleWriter {
  private static final int SAMPLES = 4;

  @Override
  public SampleKind kind() {
    return SampleKind.SEVERAL;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    List<SceneSample> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      List<Phrase> phrases = distinct(facts, random);
      if (phrases.size() >= 2) {
        samples.add(sample(phrases, facts.medium(), random));
      }
    }
    return samples;
  }

  /** Names of two or three different shapes. */
  private static List<Phrase> distinct(SceneFacts facts, SceneRandom random) {
    int count = random.between(2, 3);
    List<Phrase> phrases = new ArrayList<>();
    for (Noun noun : random.shuffled(facts.names())) {
      Target target = Target.of(facts.only(noun).orElseThrow());
      if (phrases.size() < count && phrases.stream().noneMatch(p -> p.target().equals(target))) {
        phrases.add(new Phrase(noun.the(), target));
      }
    }
    return phrases;
  }

  private SceneSample sample(List<Phrase> phrases, Medium medium, SceneRandom random) {
    String what = Wording.list(phrases.stream().map(Phrase::text).toList(), ", ");
    String found =
        Wording.list(phrases.stream().map(p -> Wording.grounded(p.text())).toList(), ", ");
    return new SceneSample(
        kind(),
        ReferringWriter.prompt(what, medium, random),
        "Sure, " + found + ".",
        phrases.stream().map(Phrase::target).toList(),
        List.of());
  }

  @Override
  public List<String> texts() {
    return List.of("Sure, {what} and {what}.");
  }
}
