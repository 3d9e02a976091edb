package io.sa2va.core.family;

import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.text.Tokenizer;
import java.nio.file.Path;

/** The parts of a family that have weights: its vision tower and its language model. Immutable. */
public interface Networks {
  CausalLm languageModel();

  /**
   * Joins them with what the checkpoint's other files say.
   *
   * @param folder of the checkpoint
   * @throws io.sa2va.error.ModelConfigException if a file is missing or not sound
   * @throws io.sa2va.error.UnsupportedModelException if one asks for what this library cannot do
   */
  Family family(Path folder, Tokenizer tokenizer);
}
