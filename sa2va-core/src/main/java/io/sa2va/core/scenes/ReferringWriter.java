package io.sa2va.core.scenes;

import java.util.List;
import java.util.stream.Stream;

/** Prompts for the mask of one phrase, and Sa2VA's answers to them. */
record ReferringWriter(SampleKind kind, PhraseMaker maker) implements SampleWriter {
  /** The first six follow the reference's SEG_QUESTIONS (projects/sa2va/datasets/common.py). */
  static final List<String> PROMPTS =
      List.of(
          "Please segment {what} in this {medium}.",
          "Can you segment {what} in this {medium}?",
          "Could you provide a segmentation mask for {what} in this {medium}?",
          "Please identify and segment {what} in this {medium}.",
          "Can you highlight {what} in this {medium} with a segmentation mask?",
          "What is {what} in this {medium}? Please respond with segmentation mask.",
          "Please segment {what}.",
          "Segment {what}.",
          "Show me {what}, please.",
          "Find {what} and segment it.");

  /** The reference's ANSWER_LIST. */
  private static final List<String> ANSWERS =
      List.of(
          "It is [SEG].",
          "Sure, [SEG].",
          "Sure, it is [SEG].",
          "Sure, the segmentation result is [SEG].",
          "[SEG].");

  static String prompt(String what, Medium medium, SceneRandom random) {
    return random.pick(PROMPTS).replace("{what}", what).replace("{medium}", medium.promptWord());
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    return maker.phrases(facts, random).stream()
        .map(phrase -> sample(phrase, facts.medium(), random))
        .toList();
  }

  private SceneSample sample(Phrase phrase, Medium medium, SceneRandom random) {
    return new SceneSample(
        kind,
        prompt(phrase.text(), medium, random),
        random.pick(ANSWERS),
        List.of(phrase.target()),
        List.of());
  }

  @Override
  public List<String> texts() {
    return Stream.of(PROMPTS, ANSWERS, maker.texts()).flatMap(List::stream).toList();
  }
}
