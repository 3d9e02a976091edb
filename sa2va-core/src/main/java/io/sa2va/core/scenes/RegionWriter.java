package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.List;

/** "Please describe region1." "region1 is a small red circle." Also two regions at once. */
final class RegionWriter implements SampleWriter {
  /** The second and third are among the reference's VP_QUESTIONS. */
  private static final List<String> PROMPTS =
      List.of(
          "Please describe region1.",
          "Can you provide me with a detailed description of the region in the picture marked by"
              + " region1?",
          "What can you tell me about the region indicated by region1 in the image?",
          "What is region1?");

  private static final String PAIR_PROMPT = "Please describe region1 and region2.";

  @Override
  public SampleKind kind() {
    return SampleKind.REGION;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    List<ShapeFacts> clear =
        random.shuffled(facts.shapes().stream().filter(ShapeFacts::clear).toList());
    List<SceneSample> samples = new ArrayList<>();
    for (ShapeFacts shape : clear) {
      samples.add(sample(random.pick(PROMPTS), List.of(shape)));
    }
    if (clear.size() >= 2) {
      samples.add(sample(PAIR_PROMPT, clear.subList(0, 2)));
    }
    return samples;
  }

  private SceneSample sample(String prompt, List<ShapeFacts> shapes) {
    List<String> clauses = new ArrayList<>();
    for (ShapeFacts shape : shapes) {
      String name = "region" + (clauses.size() + 1);
      clauses.add(name + " is " + Noun.sizedAndNamed(shape).withArticle());
    }
    return new SceneSample(
        kind(),
        prompt,
        Wording.list(clauses, ", ") + ".",
        List.of(),
        shapes.stream().map(ShapeFacts::index).toList());
  }

  @Override
  public List<String> texts() {
    List<String> texts = new ArrayList<>(PROMPTS);
    texts.add(PAIR_PROMPT);
    texts.add("region1 is {what} and region2 is {what}.");
    return texts;
  }
}
