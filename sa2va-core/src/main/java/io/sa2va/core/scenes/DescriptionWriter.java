package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Descriptions with grounded phrases of scenes all of whose shapes are clear: of two shapes how
 * they lie, else each from left to right; of a clip what each shape does, if all is told.
 */
final class DescriptionWriter implements SampleWriter {
  /** The reference's GCG questions that ask for brief answers. */
  private static final List<String> PROMPTS =
      List.of(
          "Could you please give me a brief description of the {medium}? Please respond with"
              + " interleaved segmentation masks for the corresponding parts of the answer.",
          "Please briefly describe the contents of the {medium}. Please respond with interleaved"
              + " segmentation masks for the corresponding parts of the answer.",
          "Can you provide a brief description of this {medium}? Please output with interleaved"
              + " segmentation masks for the corresponding phrases.");

  @Override
  public SampleKind kind() {
    return SampleKind.DESCRIPTION;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    if (!facts.shapes().stream().allMatch(ShapeFacts::clear)) {
      return List.of();
    }
    Description description =
        facts.medium() == Medium.CLIP ? actionsOrInventory(facts) : placesOrInventory(facts);
    String prompt = random.pick(PROMPTS).replace("{medium}", facts.medium().promptWord());
    return List.of(
        new SceneSample(kind(), prompt, description.text(), description.targets(), List.of()));
  }

  /** An answer and its masks. */
  private record Description(String text, List<Target> targets) {}

  private static Description placesOrInventory(SceneFacts facts) {
    List<ShapeFacts> shapes = facts.shapes();
    if (shapes.size() == 2) {
      for (Relation relation : List.of(Relation.INSIDE, Relation.LEFT_OF, Relation.ABOVE)) {
        for (List<ShapeFacts> pair : List.of(shapes, List.of(shapes.get(1), shapes.get(0)))) {
          if (relation.fit(pair.get(0), pair.get(1), facts.aspect()) == Fit.YES) {
            return places(pair.get(0), relation, pair.get(1));
          }
        }
      }
    }
    return inventory(facts);
  }

  private static Description places(ShapeFacts shape, Relation relation, ShapeFacts other) {
    String subject = Wording.grounded(Wording.capitalized(Noun.named(shape).withArticle()));
    String object = Wording.grounded(Noun.named(other).withArticle());
    return new Description(
        subject + " is " + relation.words() + " " + object + " .",
        List.of(Target.of(shape), Target.of(other)));
  }

  private static Description inventory(SceneFacts facts) {
    List<ShapeFacts> shapes = fromLeftToRight(facts);
    List<String> phrases =
        shapes.stream().map(shape -> Wording.grounded(Noun.named(shape).withArticle())).toList();
    return new Description(
        "The " + facts.medium().answerWord() + " shows " + Wording.list(phrases, " , ") + " .",
        shapes.stream().map(Target::of).toList());
  }

  private static Description actionsOrInventory(SceneFacts facts) {
    boolean untold = facts.shapes().stream().map(ShapeFacts::action).anyMatch(Action::goesOut);
    return untold ? inventory(facts) : actions(facts);
  }

  private static Description actions(SceneFacts facts) {
    List<ShapeFacts> shapes = fromLeftToRight(facts);
    List<String> clauses = new ArrayList<>();
    for (ShapeFacts shape : shapes) {
      String noun = Noun.named(shape).withArticle();
      String subject = clauses.isEmpty() ? Wording.capitalized(noun) : noun;
      clauses.add(Wording.grounded(subject) + " " + shape.action().words());
    }
    return new Description(
        Wording.list(clauses, " , ") + " .", shapes.stream().map(Target::of).toList());
  }

  private static List<ShapeFacts> fromLeftToRight(SceneFacts facts) {
    return facts.shapes().stream().sorted(Comparator.comparingDouble(ShapeFacts::x)).toList();
  }

  @Override
  public List<String> texts() {
    return Stream.concat(
            PROMPTS.stream(),
            Stream.of("The picture shows {what} , {what} and {what} .", "A {what} is", "An"))
        .toList();
  }
}
