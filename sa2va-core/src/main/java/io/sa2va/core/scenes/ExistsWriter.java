package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.List;

/** "Is there a red circle?" "Yes." As many answers are yes as no, where the scene allows. */
final class ExistsWriter implements SampleWriter {
  static final String YES = "Yes.";
  static final String NO = "No.";

  private static final List<String> PROMPTS =
      List.of("Is there {what}?", "Is there {what} in this {medium}?", "Can you see {what}?");

  @Override
  public SampleKind kind() {
    return SampleKind.EXISTS;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    List<Noun> present = new ArrayList<>(facts.nouns());
    present.remove(Noun.SHAPE);
    present.removeIf(noun -> facts.fitting(noun).stream().noneMatch(ShapeFacts::clear));
    List<Noun> absent = AbsentNouns.of(facts, random);
    int pairs = Math.min(present.size(), absent.size());
    List<SceneSample> samples = new ArrayList<>();
    for (Noun noun : random.shuffled(present).subList(0, pairs)) {
      samples.add(sample(noun, YES, facts.medium(), random));
    }
    for (Noun noun : absent.subList(0, pairs)) {
      samples.add(sample(noun, NO, facts.medium(), random));
    }
    return samples;
  }

  private SceneSample sample(Noun noun, String answer, Medium medium, SceneRandom random) {
    String prompt =
        random
            .pick(PROMPTS)
            .replace("{what}", noun.withArticle())
            .replace("{medium}", medium.promptWord());
    return SceneSample.words(kind(), prompt, answer);
  }

  @Override
  public List<String> texts() {
    List<String> texts = new ArrayList<>(PROMPTS);
    texts.add(YES);
    texts.add(NO);
    return texts;
  }
}
