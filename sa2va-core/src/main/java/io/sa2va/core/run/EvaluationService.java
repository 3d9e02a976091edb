package io.sa2va.core.run;

import io.sa2va.Evaluation;
import io.sa2va.EvaluationRequest;
import io.sa2va.core.data.AnnotatedPictures;
import io.sa2va.core.evaluate.PhraseEvaluation;
import io.sa2va.core.evaluate.SceneEvaluation;
import io.sa2va.core.evaluate.SceneEvaluationOptions;
import io.sa2va.core.scenes.SampleKind;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.spi.EvaluationProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** What {@code ServiceLoader} finds for evaluations. */
public final class EvaluationService implements EvaluationProvider {
  @Override
  public Evaluation prepare(EvaluationRequest request) {
    if (!request.data().equals(EvaluationRequest.SCENES)) {
      requireNoSceneOptions(request);
      return new PhraseEvaluation(new AnnotatedPictures(folder(request.data())), request.worst());
    }
    return new SceneEvaluation(
        new SceneEvaluationOptions(
            request.seed(), request.pictures(), kinds(request.kinds()), request.worst()));
  }

  private static void requireNoSceneOptions(EvaluationRequest request) {
    EvaluationRequest usual = EvaluationRequest.builder(request.data()).build();
    if (request.seed() != usual.seed()
        || request.pictures() != usual.pictures()
        || !request.kinds().equals(usual.kinds())) {
      throw new InvalidRequestException(
          "seed, pictures and kinds are of scenes; leave them out for the folder \""
              + request.data()
              + "\", or ask about \""
              + EvaluationRequest.SCENES
              + "\"");
    }
  }

  private static Path folder(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new InvalidRequestException(
          "the data \"" + name + "\" cannot be a folder: " + e.getReason(), e);
    }
  }

  private Set<SampleKind> kinds(Set<String> names) {
    if (names.isEmpty()) {
      return EnumSet.allOf(SampleKind.class);
    }
    EnumSet<SampleKind> kinds = EnumSet.noneOf(SampleKind.class);
    for (String name : names) {
      if (!sceneKinds().contains(name)) {
        throw new InvalidRequestException(
            "scenes cannot be asked for \"" + name + "\", but for " + sceneKinds());
      }
      kinds.add(SampleKind.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return kinds;
  }

  @Override
  public Set<String> sceneKinds() {
    Set<String> names = new LinkedHashSet<>();
    for (SampleKind kind : SampleKind.values()) {
      names.add(kind.name().toLowerCase(Locale.ROOT));
    }
    return names;
  }
}
