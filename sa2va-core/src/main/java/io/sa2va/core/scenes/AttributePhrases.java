package io.sa2va.core.scenes;

import java.util.List;
import java.util.stream.Stream;

/** "The red circle", "the star", "the blue shape", "the small ring". */
final class AttributePhrases implements PhraseMaker {
  @Override
  public List<Phrase> phrases(SceneFacts facts, SceneRandom random) {
    return Stream.concat(facts.nouns().stream(), facts.sizedNouns().stream())
        .flatMap(
            noun ->
                facts.only(noun).map(shape -> new Phrase(noun.the(), Target.of(shape))).stream())
        .toList();
  }

  @Override
  public List<String> texts() {
    return List.of();
  }
}
