package io.sa2va.core.scenes;

import java.util.List;

/**
 * A prompt about a scene and its answer.
 *
 * @param kind what it asks for
 * @param prompt what the user says, without picture tokens
 * @param answer what the model should say, with {@code [SEG]} and {@code <p>…</p>} but without end
 *     tokens
 * @param targets what each {@code [SEG]} of the answer stands for, in order
 * @param regions the shapes whose masks go with the prompt as its regions, from the first on;
 *     mostly none
 */
public record SceneSample(
    SampleKind kind, String prompt, String answer, List<Target> targets, List<Integer> regions) {
  /** The token that stands for a mask. */
  static final String SEG = "[SEG]";

  /**
   * Copies the lists.
   *
   * @param kind what it asks for
   * @param prompt what the user says
   * @param answer what the model should say
   * @param targets what each {@code [SEG]} stands for
   * @param regions the shapes of the prompt's regions
   */
  public SceneSample {
    targets = List.copyOf(targets);
    regions = List.copyOf(regions);
  }

  /** A sample without masks. */
  static SceneSample words(SampleKind kind, String prompt, String answer) {
    return new SceneSample(kind, prompt, answer, List.of(), List.of());
  }
}
