package io.sa2va.core.scenes;

import java.util.List;

/** Finds the phrases of one kind that refer to the shapes of a scene without doubt. */
interface PhraseMaker {
  /** All such phrases, each wording drawn where there are several. */
  List<Phrase> phrases(SceneFacts facts, SceneRandom random);

  /** Every word its phrases can have, beside those of nouns. */
  List<String> texts();
}
