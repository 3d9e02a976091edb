package io.sa2va.core.scenes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** "Is the star left of the ring?" "Yes." */
final class PositionWriter implements SampleWriter {
  @Override
  public SampleKind kind() {
    return SampleKind.POSITION;
  }

  @Override
  public List<SceneSample> write(SceneFacts facts, SceneRandom random) {
    List<SceneSample> samples = new ArrayList<>();
    for (ShapePairs.Pair pair : ShapePairs.of(facts, random)) {
      for (Relation relation : Relation.values()) {
        boolean absurd = relation == Relation.INSIDE && pair.other().kind() != ShapeKind.RING;
        Fit fit = relation.fit(pair.shape(), pair.other(), facts.aspect());
        if (fit != Fit.UNSURE && !absurd) {
          samples.add(sample(pair, relation, fit));
        }
      }
    }
    return samples;
  }

  private SceneSample sample(ShapePairs.Pair pair, Relation relation, Fit fit) {
    return SceneSample.words(
        kind(),
        "Is %s %s %s?".formatted(pair.name().the(), relation.words(), pair.otherName().the()),
        fit == Fit.YES ? ExistsWriter.YES : ExistsWriter.NO);
  }

  @Override
  public List<String> texts() {
    List<String> texts = new ArrayList<>(List.of("Is {what}?", ExistsWriter.YES, ExistsWriter.NO));
    Arrays.stream(Relation.values()).map(Relation::words).forEach(texts::add);
    return texts;
  }
}
