package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.List;

/** "All blue shapes", "both circles", "the three stars". */
final class GroupPhrases implements PhraseMaker {
  @Override
  public List<Phrase> phrases(SceneFacts facts, SceneRandom random) {
    List<Phrase> phrases = new ArrayList<>();
    for (Noun noun : facts.nouns()) {
      List<ShapeFacts> shapes = facts.surelyFitting(noun);
      if (shapes.size() >= 2) {
        phrases.add(new Phrase(words(noun, shapes.size(), random), Target.of(shapes)));
      }
    }
    return phrases;
  }

  private static String words(Noun noun, int count, SceneRandom random) {
    return switch (random.below(4)) {
      case 0 -> "all " + noun.plural();
      case 1 -> "every " + noun.singular();
      case 2 -> "the " + Noun.number(count) + " " + noun.plural();
      default -> (count == 2 ? "both " : "all the ") + noun.plural();
    };
  }

  @Override
  public List<String> texts() {
    return List.of("all", "every", "the", "both");
  }
}
