package io.sa2va.core.scenes;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** "The circle that moves left", "the shape that grows", "the one that turns". */
final class MotionPhrases implements PhraseMaker {
  @Override
  public List<Phrase> phrases(SceneFacts facts, SceneRandom random) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    facts.shapes().forEach(shape -> actions.add(shape.action()));
    actions.retainAll(Action.told());
    return actions.stream().flatMap(action -> phrases(facts, action, random)).toList();
  }

  private static Stream<Phrase> phrases(SceneFacts facts, Action action, SceneRandom random) {
    return facts.nouns().stream()
        .flatMap(
            noun ->
                facts
                    .only(noun, shape -> fit(shape.action(), action))
                    .map(shape -> new Phrase(words(noun, action, random), Target.of(shape)))
                    .stream());
  }

  private static String words(Noun noun, Action action, SceneRandom random) {
    String what = noun.equals(Noun.SHAPE) && random.chance(0.5) ? "the one" : noun.the();
    return what + " that " + action.words();
  }

  /** One that goes out also moves some way. */
  private static Fit fit(Action done, Action asked) {
    if (done == asked) {
      return Fit.YES;
    }
    return done.goesOut() && asked.movesWithin() ? Fit.UNSURE : Fit.NO;
  }

  @Override
  public List<String> texts() {
    return Stream.concat(Stream.of("the one that"), Action.told().stream().map(Action::words))
        .toList();
  }
}
