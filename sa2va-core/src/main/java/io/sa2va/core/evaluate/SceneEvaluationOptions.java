package io.sa2va.core.evaluate;

import io.sa2va.core.scenes.SampleKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which scenes a model is asked about, and what. Immutable.
 *
 * @param seed of the world; one that no training used
 * @param pictures how many, at least 1; beside them a fifth as many clips, at least one
 * @param kinds what is asked for, at least one
 * @param worst how many of the worst answers of each kind are kept, from 0
 */
public record SceneEvaluationOptions(long seed, int pictures, Set<SampleKind> kinds, int worst) {
  private static final int PICTURES_PER_CLIP = 5;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public SceneEvaluationOptions {
    if (pictures < 1) {
      throw new IllegalArgumentException("pictures must be at least 1, but was " + pictures);
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("kinds must have at least one kind");
    }
    if (worst < 0) {
      throw new IllegalArgumentException("worst must be at least 0, but was " + worst);
    }
    kinds = Set.copyOf(kinds);
  }

  /**
   * All kinds; the three worst answers of each are kept.
   *
   * @param seed of the world
   * @param pictures how many, at least 1
   * @return the options
   * @throws IllegalArgumentException if there are no pictures
   */
  public static SceneEvaluationOptions of(long seed, int pictures) {
    return new SceneEvaluationOptions(seed, pictures, EnumSet.allOf(SampleKind.class), 3);
  }

  /**
   * The same for other kinds.
   *
   * @param asked at least one
   * @return new options
   */
  public SceneEvaluationOptions withKinds(Set<SampleKind> asked) {
    return new SceneEvaluationOptions(seed, pictures, asked, worst);
  }

  /**
   * The same with another number of answers kept.
   *
   * @param kept of each kind, from 0
   * @return new options
   */
  public SceneEvaluationOptions withWorst(int kept) {
    return new SceneEvaluationOptions(seed, pictures, kinds, kept);
  }

  int clips() {
    return Math.max(1, pictures / PICTURES_PER_CLIP);
  }
}
