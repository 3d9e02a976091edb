package io.sa2va.core.llm;

import io.sa2va.torch.nn.Embedding;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.RmsNorm;

/** Reads the parts of one family's language model by the names of its checkpoints. */
public interface LlmWeights {
  Embedding embedding();

  DecoderLayer layer(int index);

  RmsNorm norm();

  /** The head of a model that has its own. */
  Linear head();

  /** The head of a model whose token table serves as one. */
  Linear tiedHead(Embedding embedding);
}
