package io.sa2va.core.scenes;

import java.util.List;

/** Writes the samples of one kind about a scene. Immutable. */
interface SampleWriter {
  /** The kind of all its samples. */
  SampleKind kind();

  /** Samples about everything it can ask, each wording drawn; none where nothing is sure. */
  List<SceneSample> write(SceneFacts facts, SceneRandom random);

  /** Every word its samples can have, beside those of nouns; with placeholders in braces. */
  List<String> texts();
}
